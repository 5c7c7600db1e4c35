// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.trace;

import java.util.Arrays;
import org.poolsim.pool.spec.TimeSeries;

/** Collects the points of one column. */
final class SeriesBuilder {
  private long[] times = new long[256];
  private double[] values = new double[256];
  private int size;

  /** Adds a point; one at the time of the last replaces it. */
  void add(long timeNanos, double value) {
    if (size > 0 && times[size - 1] == timeNanos) {
      values[size - 1] = value;
      return;
    }
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    times[size] = timeNanos;
    values[size++] = value;
  }

  /** Returns the number of points. */
  int size() {
    return size;
  }

  /**
   * Returns the points from a time on, moved to time 0; the value that holds at that time is the
   * first. {@code null} if there is no point at all.
   */
  TimeSeries from(long fromNanos) {
    int first = 0;
    while (first + 1 < size && times[first + 1] <= fromNanos) {
      first++;
    }
    if (size == 0) {
      return null;
    }
    long[] moved = new long[size - first];
    for (int i = first; i < size; i++) {
      moved[i - first] = Math.max(0, times[i] - fromNanos);
    }
    return new TimeSeries(moved, Arrays.copyOfRange(values, first, size));
  }
}
