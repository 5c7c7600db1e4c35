// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.Arrays;

/**
 * Counts of latencies over time: columns of time, and in each 16 buckets per octave from 8.2 µs up
 * to 137 s; shorter values fall into the first bucket, longer ones into a last one of their own. A
 * value read back from a bucket is off by at most 3 %. Immutable.
 */
public final class LatencyHeat {
  static final int SUB_BITS = 4;
  static final int FIRST_OCTAVE = 13;
  static final int OCTAVES = 24;

  /** Number of buckets within the range; one more holds what lies above. */
  public static final int BUCKETS = OCTAVES << SUB_BITS;

  private final long columnNanos;
  private final int[][] counts;

  /**
   * Takes over the counts: one array of {@link #BUCKETS} + 1 per column, null for an empty column.
   */
  LatencyHeat(long columnNanos, int[][] counts) {
    this.columnNanos = columnNanos;
    this.counts = counts;
  }

  static int bucketOf(long nanos) {
    if (nanos < 1L << FIRST_OCTAVE) {
      return 0;
    }
    int octave = 63 - Long.numberOfLeadingZeros(nanos);
    int sub = (int) (nanos >>> (octave - SUB_BITS)) & ((1 << SUB_BITS) - 1);
    return Math.min(BUCKETS, ((octave - FIRST_OCTAVE) << SUB_BITS) + sub);
  }

  /** Returns the lowest latency, in nanoseconds, of a bucket. */
  public static long lowestNanos(int bucket) {
    int octave = FIRST_OCTAVE + (bucket >> SUB_BITS);
    long sub = (1L << SUB_BITS) + (bucket & ((1 << SUB_BITS) - 1));
    return sub << (octave - SUB_BITS);
  }

  /** Returns the width of a column. */
  public long columnNanos() {
    return columnNanos;
  }

  /** Returns the number of columns. */
  public int columns() {
    return counts.length;
  }

  /** Returns how many values of a column fell into a bucket. */
  public int count(int column, int bucket) {
    return counts[column] == null ? 0 : counts[column][bucket];
  }

  /**
   * Returns a percentile over time, in seconds, by nearest rank within each column; unknown where a
   * column has no value.
   */
  public Columns percentile(double percentile) {
    double[] values = new double[counts.length];
    for (int column = 0; column < counts.length; column++) {
      values[column] = counts[column] == null ? Double.NaN : percentile(counts[column], percentile);
    }
    return Columns.ofMeans(columnNanos, values);
  }

  /**
   * Returns a percentile, in seconds, by nearest rank over the columns that begin within a stretch
   * of time; NaN when none has a value.
   */
  public double percentileWithin(Period period, double percentile) {
    int[] merged = new int[BUCKETS + 1];
    boolean known = false;
    for (int column = 0; column < counts.length; column++) {
      long begin = column * columnNanos;
      if (counts[column] != null && begin >= period.startNanos() && begin < period.endNanos()) {
        known = true;
        for (int bucket = 0; bucket <= BUCKETS; bucket++) {
          merged[bucket] += counts[column][bucket];
        }
      }
    }
    return known ? percentile(merged, percentile) : Double.NaN;
  }

  private static double percentile(int[] buckets, double percentile) {
    long total = Arrays.stream(buckets).asLongStream().sum();
    long rank = Math.max(1, (long) Math.ceil(percentile / 100 * total));
    long passed = 0;
    int at = 0;
    while (at < BUCKETS && (passed += buckets[at]) < rank) {
      at++;
    }
    return (lowestNanos(at) + lowestNanos(at + 1)) * 0.5e-9;
  }
}
