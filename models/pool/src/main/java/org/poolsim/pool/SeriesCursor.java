// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.pool.spec.TimeSeries;

/** A place in a series that moves forward with the clock. */
final class SeriesCursor {
  private final TimeSeries series;
  private final boolean repeats;
  private final long cycleNanos;
  private int point = -1;
  private long offsetNanos;

  SeriesCursor(TimeSeries series, boolean repeats) {
    this.series = series;
    this.repeats = repeats;
    int last = series.size() - 1;
    // One mean interval behind the last point; a single point has none and simply holds.
    cycleNanos =
        last == 0
            ? 0
            : series.timeNanos(last) + (series.timeNanos(last) - series.timeNanos(0)) / last;
  }

  /** Moves to the point that holds at a time not before the one of the last call. */
  void seek(long nowNanos) {
    if (repeats && cycleNanos > 0 && nowNanos - offsetNanos >= cycleNanos) {
      offsetNanos = nowNanos / cycleNanos * cycleNanos;
      point = -1;
    }
    while (point + 1 < series.size() && series.timeNanos(point + 1) + offsetNanos <= nowNanos) {
      point++;
    }
  }

  /** Returns the index of the point; -1 before the first. */
  int point() {
    return point;
  }

  /** Returns when the point began. */
  long sinceNanos() {
    return series.timeNanos(point) + offsetNanos;
  }

  /** Returns when the next point begins; the largest long for none. */
  long untilNanos() {
    if (point + 1 < series.size()) {
      return series.timeNanos(point + 1) + offsetNanos;
    }
    return repeats && cycleNanos > 0 ? offsetNanos + cycleNanos : Long.MAX_VALUE;
  }
}
