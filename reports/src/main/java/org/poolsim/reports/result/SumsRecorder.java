// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Adds up amounts of several kinds in columns of time: bytes moved, requests ended, time spent.
 * When all columns are used they merge in pairs. Adding allocates nothing but a column when time
 * first reaches it. Not thread safe.
 */
public final class SumsRecorder {
  private static final int COLUMNS = 720;

  private final int kinds;
  private final double[][] sums = new double[COLUMNS][];
  private long columnNanos;

  /**
   * Records a run.
   *
   * @param kinds number of amounts
   * @param durationNanos the run's expected duration
   * @param stepNanos columns are whole multiples of it
   */
  public SumsRecorder(int kinds, long durationNanos, long stepNanos) {
    this.kinds = kinds;
    columnNanos = ColumnsRecorder.widthFor(durationNanos, stepNanos, COLUMNS);
  }

  /** Adds an amount of one kind. */
  public void add(long nowNanos, int kind, double amount) {
    while (nowNanos >= COLUMNS * columnNanos) {
      mergePairs();
    }
    int column = (int) (nowNanos / columnNanos);
    if (sums[column] == null) {
      sums[column] = new double[kinds];
    }
    sums[column][kind] += amount;
  }

  private void mergePairs() {
    for (int to = 0; to < COLUMNS; to++) {
      double[] a = 2 * to < COLUMNS ? sums[2 * to] : null;
      double[] b = 2 * to + 1 < COLUMNS ? sums[2 * to + 1] : null;
      if (a != null && b != null) {
        for (int kind = 0; kind < kinds; kind++) {
          a[kind] += b[kind];
        }
      }
      sums[to] = a != null ? a : b;
    }
    columnNanos *= 2;
  }

  /** Returns the width of a column. */
  public long columnNanos() {
    return columnNanos;
  }

  /** Returns the sum of one kind over the columns that begin within a stretch of time. */
  public double sum(int kind, Period period) {
    int first = (int) Math.min(COLUMNS, (period.startNanos() + columnNanos - 1) / columnNanos);
    int end = (int) Math.min(COLUMNS, (period.endNanos() + columnNanos - 1) / columnNanos);
    double sum = 0;
    for (int column = first; column < end; column++) {
      sum += sums[column] == null ? 0 : sums[column][kind];
    }
    return sum;
  }

  /** Returns the mean rate per second of one kind in each column up to {@code endNanos}. */
  public Columns rates(int kind, long endNanos) {
    int count = (int) ((endNanos + columnNanos - 1) / columnNanos);
    float[] rates = new float[count];
    for (int column = 0; column < count; column++) {
      long begin = column * columnNanos;
      double seconds = (Math.min(endNanos, begin + columnNanos) - begin) * 1e-9;
      rates[column] = sums[column] == null ? 0 : (float) (sums[column][kind] / seconds);
    }
    return new Columns(
        columnNanos, Arrays.copyOf(rates, count), rates.clone(), rates, new BitSet());
  }
}
