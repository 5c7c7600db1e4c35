// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.util.Arrays;

/**
 * The means of a series over the whole run at one step: of what is known, NaN where nothing is.
 * Rows are aligned to simulated time 0; none of the pool library's quirks enter.
 */
public final class History {
  private final int stepsPerRow;
  private final int firstRow;
  private float[] rows = new float[16];
  private int size;
  private double sum;
  private int known;
  private int left;

  History(int stepsPerRow, long firstStep) {
    this.stepsPerRow = stepsPerRow;
    firstRow = (int) (firstStep / stepsPerRow);
    left = stepsPerRow - (int) (firstStep % stepsPerRow);
  }

  void add(double rate, int steps) {
    int remaining = steps;
    while (remaining > 0) {
      int now = Math.min(remaining, left);
      if (!Double.isNaN(rate)) {
        sum = RepeatedAddition.add(sum, rate, now);
        known += now;
      }
      left -= now;
      remaining -= now;
      if (left == 0) {
        if (size == rows.length) {
          rows = Arrays.copyOf(rows, size + (size >> 1));
        }
        rows[size++] = openRow();
        sum = 0;
        known = 0;
        left = stepsPerRow;
      }
    }
  }

  private float openRow() {
    return known == 0 ? Float.NaN : (float) (sum / known);
  }

  /** Returns the index of the first row; row n ends at (n + 1) steps after simulated time 0. */
  public int firstRow() {
    return firstRow;
  }

  /** Returns the number of rows, with the open one if anything is in it. */
  public int size() {
    return known > 0 ? size + 1 : size;
  }

  /** Returns the mean in a row, counted from {@link #firstRow()}; NaN when unknown. */
  public float row(int index) {
    return index < size ? rows[index] : openRow();
  }
}
