// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.Arrays;

/** A level over time: immutable, to be shared by every workload that replays it. */
public final class TimeSeries {
  private final long[] timesNanos;
  private final double[] values;

  /**
   * Creates a series.
   *
   * @param timesNanos strictly increasing, the first 0 or more; at least one
   * @param values as many, finite and not negative
   */
  public TimeSeries(long[] timesNanos, double[] values) {
    if (timesNanos.length == 0 || timesNanos.length != values.length) {
      throw new IllegalArgumentException(
          "a time series has "
              + timesNanos.length
              + " times and "
              + values.length
              + " values; expected as many, and at least one");
    }
    Require.notNegative(timesNanos[0], "the first time of a series in ns");
    for (int i = 0; i < values.length; i++) {
      Require.notNegative(values[i], "value " + i + " of a series");
      if (i > 0 && timesNanos[i] <= timesNanos[i - 1]) {
        throw new IllegalArgumentException(
            "time "
                + i
                + " of a series is "
                + timesNanos[i]
                + " ns; expected more than the one before, "
                + timesNanos[i - 1]);
      }
    }
    this.timesNanos = timesNanos.clone();
    this.values = values.clone();
  }

  /** Returns the number of points. */
  public int size() {
    return values.length;
  }

  /** Returns the time of a point, in nanoseconds. */
  public long timeNanos(int index) {
    return timesNanos[index];
  }

  /** Returns the value of a point. */
  public double value(int index) {
    return values[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeSeries that
        && Arrays.equals(timesNanos, that.timesNanos)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(timesNanos) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "a series of " + values.length + " points";
  }
}
