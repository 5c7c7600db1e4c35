// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Reduces the course of one value to {@link Columns} while the run goes on.
 *
 * <p>Until a value first changes, nothing is stored. Memory is 16 bytes per column that time has
 * reached. When all columns are used they merge in pairs, so the width stays the step times a power
 * of two times the first width, and two series of one recorder line up. A stretch costs time in
 * proportion to the columns that it spans. Not thread safe.
 */
public final class ColumnsRecorder implements Course {
  private static final int FIELDS = 4;
  private static final int MIN = 0;
  private static final int MAX = 1;
  private static final int MEAN = 2;
  private static final int KNOWN = 3;

  private final int capacity;
  private long columnNanos;

  private boolean started;
  private boolean constant;
  private long constantFromNanos;
  private long constantToNanos;
  private double constantValue;

  /** Of each column its lowest, highest and mean value and the nanoseconds known, side by side. */
  private float[] columns;

  /**
   * Records into columns that start {@code columnNanos} wide.
   *
   * @param columnNanos first width; a whole multiple of the step
   * @param capacity the largest number of columns, even
   */
  public ColumnsRecorder(long columnNanos, int capacity) {
    if (columnNanos <= 0 || capacity < 2 || capacity % 2 != 0) {
      throw new IllegalArgumentException(
          "columns of "
              + columnNanos
              + " ns, at most "
              + capacity
              + ": need a width and an even number");
    }
    this.columnNanos = columnNanos;
    this.capacity = capacity;
  }

  /**
   * Returns the narrowest width, in whole steps, with which a run fits into {@code capacity}
   * columns.
   */
  public static long widthFor(long durationNanos, long stepNanos, int capacity) {
    long steps = (durationNanos + stepNanos - 1) / stepNanos;
    return Math.max(1, (steps + capacity - 1) / capacity) * stepNanos;
  }

  @Override
  public void held(long fromNanos, long toNanos, double value) {
    if (toNanos <= fromNanos || Double.isNaN(value)) {
      return;
    }
    if (!started) {
      started = true;
      constant = true;
      constantFromNanos = fromNanos;
      constantToNanos = toNanos;
      constantValue = value;
    } else if (constant && value == constantValue && fromNanos == constantToNanos) {
      constantToNanos = toNanos;
    } else {
      if (constant) {
        constant = false;
        add(constantFromNanos, constantToNanos, (float) constantValue);
      }
      add(fromNanos, toNanos, (float) value);
    }
  }

  private void add(long fromNanos, long toNanos, float value) {
    makeRoom(toNanos);
    int last = (int) ((toNanos - 1) / columnNanos);
    for (int column = (int) (fromNanos / columnNanos); column <= last; column++) {
      long start = Math.max(fromNanos, column * columnNanos);
      long end = Math.min(toNanos, (column + 1) * columnNanos);
      addTo(column, (float) (end - start), value);
    }
  }

  private void addTo(int column, float nanos, float value) {
    int at = column * FIELDS;
    float known = columns[at + KNOWN];
    if (known == 0) {
      columns[at + MIN] = value;
      columns[at + MAX] = value;
      columns[at + MEAN] = value;
    } else {
      columns[at + MIN] = Math.min(columns[at + MIN], value);
      columns[at + MAX] = Math.max(columns[at + MAX], value);
      columns[at + MEAN] += (value - columns[at + MEAN]) * (nanos / (known + nanos));
    }
    columns[at + KNOWN] = known + nanos;
  }

  private void makeRoom(long toNanos) {
    while (toNanos > capacity * columnNanos) {
      if (columns != null) {
        mergePairs();
      }
      columnNanos *= 2;
    }
    int needed = (int) ((toNanos + columnNanos - 1) / columnNanos);
    int length = columns == null ? 0 : columns.length / FIELDS;
    if (length < needed) {
      length = length == 0 ? Math.min(capacity, Math.max(16, needed)) : length;
      while (length < needed) {
        length = Math.min(capacity, length * 2);
      }
      columns =
          columns == null ? new float[FIELDS * length] : Arrays.copyOf(columns, FIELDS * length);
    }
  }

  private void mergePairs() {
    int end = columns.length;
    for (int to = 0; to < end; to += FIELDS) {
      int a = 2 * to;
      int b = a + FIELDS;
      float knownA = a < end ? columns[a + KNOWN] : 0;
      float knownB = b < end ? columns[b + KNOWN] : 0;
      if (knownB == 0) {
        columns[to + MIN] = knownA == 0 ? 0 : columns[a + MIN];
        columns[to + MAX] = knownA == 0 ? 0 : columns[a + MAX];
        columns[to + MEAN] = knownA == 0 ? 0 : columns[a + MEAN];
      } else if (knownA == 0) {
        columns[to + MIN] = columns[b + MIN];
        columns[to + MAX] = columns[b + MAX];
        columns[to + MEAN] = columns[b + MEAN];
      } else {
        columns[to + MIN] = Math.min(columns[a + MIN], columns[b + MIN]);
        columns[to + MAX] = Math.max(columns[a + MAX], columns[b + MAX]);
        float meanA = columns[a + MEAN];
        columns[to + MEAN] = meanA + (columns[b + MEAN] - meanA) * (knownB / (knownA + knownB));
      }
      columns[to + KNOWN] = knownA + knownB;
    }
  }

  /**
   * Returns the columns up to {@code endNanos}; the recorder may go on afterwards.
   *
   * @param endNanos the instant that the run has reached, not before the last stretch's end
   */
  public Columns columns(long endNanos) {
    long width = columnNanos;
    while (endNanos > capacity * width) {
      width *= 2;
    }
    int count = (int) ((endNanos + width - 1) / width);
    if (!started) {
      return Columns.constant(width, count, Double.NaN);
    }
    if (constant && constantFromNanos == 0 && constantToNanos >= endNanos) {
      return Columns.constant(width, count, constantValue);
    }
    if (constant) {
      ColumnsRecorder once = new ColumnsRecorder(columnNanos, capacity);
      once.add(constantFromNanos, constantToNanos, (float) constantValue);
      return once.filled(endNanos);
    }
    return filled(endNanos);
  }

  private Columns filled(long endNanos) {
    makeRoom(endNanos);
    int count = (int) ((endNanos + columnNanos - 1) / columnNanos);
    float[] lows = new float[count];
    float[] highs = new float[count];
    float[] means = new float[count];
    BitSet unknown = new BitSet();
    for (int i = 0; i < count; i++) {
      int at = i * FIELDS;
      float knownNanos = columns[at + KNOWN];
      boolean known = knownNanos > 0;
      lows[i] = known ? columns[at + MIN] : Float.NaN;
      highs[i] = known ? columns[at + MAX] : Float.NaN;
      means[i] = known ? columns[at + MEAN] : Float.NaN;
      long whole = Math.min(endNanos, (i + 1) * columnNanos) - i * columnNanos;
      // Single-precision sums of nanoseconds are off by some parts in a million.
      if (knownNanos < whole * 0.9999) {
        unknown.set(i);
      }
    }
    return new Columns(columnNanos, lows, highs, means, unknown);
  }
}
