// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * Records latencies: all of them in one HdrHistogram of three significant digits, and over time in
 * at most 240 columns of coarse buckets. Recording allocates nothing but a column's buckets when
 * time first reaches it (1.5 KB). Not thread safe.
 */
public final class LatencyRecorder {
  private static final int COLUMNS = 240;

  private final Histogram histogram = new Histogram(3);
  private final int[][] counts = new int[COLUMNS][];
  private long columnNanos;
  private int used;

  /**
   * Records a run.
   *
   * @param durationNanos the run's expected duration; a longer one merges columns in pairs
   * @param stepNanos columns are whole multiples of it
   */
  public LatencyRecorder(long durationNanos, long stepNanos) {
    this.columnNanos = ColumnsRecorder.widthFor(durationNanos, stepNanos, COLUMNS);
  }

  /**
   * Records one latency that was known at {@code nowNanos}; a negative one is a programming error.
   */
  public void record(long nowNanos, long latencyNanos) {
    histogram.recordValue(latencyNanos);
    while (nowNanos >= COLUMNS * columnNanos) {
      mergePairs();
    }
    int column = (int) (nowNanos / columnNanos);
    int[] buckets = counts[column];
    if (buckets == null) {
      buckets = new int[LatencyHeat.BUCKETS + 1];
      counts[column] = buckets;
      used = Math.max(used, column + 1);
    }
    buckets[LatencyHeat.bucketOf(latencyNanos)]++;
  }

  private void mergePairs() {
    for (int to = 0; to < COLUMNS; to++) {
      int[] a = 2 * to < COLUMNS ? counts[2 * to] : null;
      int[] b = 2 * to + 1 < COLUMNS ? counts[2 * to + 1] : null;
      if (a != null && b != null) {
        for (int i = 0; i < a.length; i++) {
          a[i] += b[i];
        }
      }
      counts[to] = a != null ? a : b;
    }
    used = (used + 1) / 2;
    columnNanos *= 2;
  }

  /** Returns how many latencies were recorded. */
  public long count() {
    return histogram.getTotalCount();
  }

  /** Returns the exact histogram, in nanoseconds. */
  public Histogram histogram() {
    return histogram;
  }

  /** Returns what was recorded, without an objective. */
  public Latency latency(String title, String metric) {
    return latency(title, metric, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** Returns what was recorded, with the objective that applies to it. */
  public Latency latency(
      String title, String metric, OptionalDouble limitSeconds, OptionalDouble limitPercentile) {
    int[][] copy = new int[used][];
    for (int i = 0; i < used; i++) {
      copy[i] = counts[i] == null ? null : Arrays.copyOf(counts[i], counts[i].length);
    }
    return new Latency(
        title,
        metric,
        histogram.copy(),
        limitSeconds,
        limitPercentile,
        new LatencyHeat(columnNanos, copy));
  }
}
