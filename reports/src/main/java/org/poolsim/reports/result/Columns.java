// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A series reduced to columns of equal width, aligned to time 0: lowest, highest and time-weighted
 * mean of each, and whether part of it is unknown. Immutable. Single precision: figures that must
 * be exact come from histograms and totals, not from here.
 */
public final class Columns {
  private final long columnNanos;
  private final int count;
  private final float[] min;
  private final float[] max;
  private final float[] mean;
  private final BitSet partUnknown;
  private final float constant;

  /** Takes over the arrays, which must be of equal length. */
  Columns(long columnNanos, float[] min, float[] max, float[] mean, BitSet partUnknown) {
    this.columnNanos = columnNanos;
    this.count = mean.length;
    this.min = min;
    this.max = max;
    this.mean = mean;
    this.partUnknown = partUnknown;
    this.constant = Float.NaN;
  }

  private Columns(long columnNanos, int count, float constant) {
    this.columnNanos = columnNanos;
    this.count = count;
    this.min = null;
    this.max = null;
    this.mean = null;
    this.partUnknown = new BitSet();
    this.constant = constant;
  }

  /** A value that never changed; it costs no arrays. */
  public static Columns constant(long columnNanos, int count, double value) {
    return new Columns(columnNanos, count, (float) value);
  }

  /**
   * Columns whose lowest, highest and mean are one: {@code means[i]} is column i, NaN for unknown.
   */
  public static Columns ofMeans(long columnNanos, double[] means) {
    float[] values = new float[means.length];
    for (int i = 0; i < means.length; i++) {
      values[i] = (float) means[i];
    }
    return new Columns(columnNanos, values, values, values, new BitSet());
  }

  /** The highest of many series at each instant: of their lowest, highest and mean each. */
  public static Columns highest(List<Columns> series) {
    return extreme(series, 1);
  }

  /** The lowest of many series at each instant: of their lowest, highest and mean each. */
  public static Columns lowest(List<Columns> series) {
    return extreme(series, -1);
  }

  /**
   * The narrowest width into which the columns of every series merge: usually one width for all.
   */
  private static long commonWidth(List<Columns> series) {
    long common = 1;
    for (Columns each : series) {
      common = common / greatestCommonDivisor(common, each.columnNanos) * each.columnNanos;
    }
    return common;
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  private static Columns extreme(List<Columns> series, int sign) {
    long width = commonWidth(series);
    int count = 0;
    for (Columns each : series) {
      count = Math.max(count, each.toWidth(width).count);
    }
    float[] min = new float[count];
    float[] max = new float[count];
    float[] mean = new float[count];
    Arrays.fill(min, Float.NaN);
    Arrays.fill(max, Float.NaN);
    Arrays.fill(mean, Float.NaN);
    BitSet unknown = new BitSet();
    for (Columns each : series) {
      Columns same = each.toWidth(width);
      for (int i = 0; i < same.count; i++) {
        min[i] = further(min[i], same.min(i), sign);
        max[i] = further(max[i], same.max(i), sign);
        mean[i] = further(mean[i], same.mean(i), sign);
      }
    }
    return new Columns(width, min, max, mean, unknown);
  }

  /**
   * A percentile, by nearest rank, over the means of many series at each instant.
   *
   * @param percentile above 0, at most 100
   */
  public static Columns percentileOver(List<Columns> series, double percentile) {
    long width = commonWidth(series);
    List<Columns> alike = series.stream().map(each -> each.toWidth(width)).toList();
    double[] values = new double[alike.stream().mapToInt(Columns::count).max().orElse(0)];
    for (int i = 0; i < values.length; i++) {
      double[] known = new double[alike.size()];
      int size = 0;
      for (Columns each : alike) {
        if (i < each.count && !Float.isNaN(each.mean(i))) {
          known[size++] = each.mean(i);
        }
      }
      Arrays.sort(known, 0, size);
      int rank = Math.max(1, (int) Math.ceil(percentile / 100 * size));
      values[i] = size == 0 ? Double.NaN : known[Math.min(size, rank) - 1];
    }
    return ofMeans(width, values);
  }

  private static float further(float a, float b, int sign) {
    if (Float.isNaN(a)) {
      return b;
    }
    return Float.isNaN(b) || (b - a) * sign <= 0 ? a : b;
  }

  /** Returns the width of a column. */
  public long columnNanos() {
    return columnNanos;
  }

  /** Returns the number of columns. */
  public int count() {
    return count;
  }

  /** Returns whether the value never changed. */
  public boolean isConstant() {
    return mean == null;
  }

  /** Returns the lowest value in a column; NaN when nothing of it is known. */
  public float min(int column) {
    return min == null ? constant : min[column];
  }

  /** Returns the highest value in a column; NaN when nothing of it is known. */
  public float max(int column) {
    return max == null ? constant : max[column];
  }

  /** Returns the time-weighted mean of what is known of a column; NaN when nothing is. */
  public float mean(int column) {
    return mean == null ? constant : mean[column];
  }

  /** Returns whether part of a column is unknown. */
  public boolean partUnknown(int column) {
    return partUnknown.get(column) || Float.isNaN(mean(column));
  }

  /** Returns every value multiplied by a factor above 0. */
  public Columns times(double factor) {
    if (mean == null) {
      return new Columns(columnNanos, count, (float) (constant * factor));
    }
    float[] lows = new float[count];
    float[] highs = new float[count];
    float[] means = new float[count];
    for (int i = 0; i < count; i++) {
      lows[i] = (float) (min[i] * factor);
      highs[i] = (float) (max[i] * factor);
      means[i] = (float) (mean[i] * factor);
    }
    return new Columns(columnNanos, lows, highs, means, partUnknown);
  }

  /** Returns the highest value of all; NaN when nothing is known. */
  public double highest() {
    float highest = Float.NaN;
    for (int i = 0; i < count; i++) {
      highest = further(highest, max(i), 1);
    }
    return highest;
  }

  /** Returns the column in which the highest value lies; 0 when nothing is known. */
  public int highestColumn() {
    int at = 0;
    for (int i = 1; i < count; i++) {
      if (max(i) > max(at) || Float.isNaN(max(at))) {
        at = i;
      }
    }
    return at;
  }

  /** Returns the mean over the columns' means; NaN when nothing is known. */
  public double meanOfMeans() {
    double sum = 0;
    int known = 0;
    for (int i = 0; i < count; i++) {
      if (!Float.isNaN(mean(i))) {
        sum += mean(i);
        known++;
      }
    }
    return known == 0 ? Double.NaN : sum / known;
  }

  /**
   * Returns a percentile, by nearest rank, of the columns' means: the value that the mean over one
   * column exceeded in the rest of the time. NaN when nothing is known.
   *
   * @param percentile above 0, at most 100
   */
  public double percentileOfMeans(double percentile) {
    float[] known = new float[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (!Float.isNaN(mean(i))) {
        known[size++] = mean(i);
      }
    }
    if (size == 0) {
      return Double.NaN;
    }
    Arrays.sort(known, 0, size);
    int rank = (int) Math.ceil(percentile / 100 * size);
    return known[Math.min(size, Math.max(1, rank)) - 1];
  }

  /** Returns the simulated seconds in columns whose mean is at or above a threshold. */
  public double secondsAbove(double threshold) {
    int columns = 0;
    for (int i = 0; i < count; i++) {
      if (mean(i) >= threshold) {
        columns++;
      }
    }
    return columns * (columnNanos * 1e-9);
  }

  /** Returns these columns merged, by a whole factor, into at most {@code most}. */
  public Columns atMost(int most) {
    int factor = Math.max(1, (count + most - 1) / most);
    return merged(factor);
  }

  private Columns toWidth(long nanos) {
    if (nanos % columnNanos != 0) {
      throw new IllegalArgumentException(
          "columns of " + columnNanos + " ns do not merge into columns of " + nanos + " ns");
    }
    return merged((int) (nanos / columnNanos));
  }

  private Columns merged(int factor) {
    if (factor == 1) {
      return this;
    }
    int merged = (count + factor - 1) / factor;
    if (mean == null) {
      return new Columns(columnNanos * factor, merged, constant);
    }
    float[] lows = new float[merged];
    float[] highs = new float[merged];
    float[] means = new float[merged];
    BitSet unknown = new BitSet();
    for (int to = 0; to < merged; to++) {
      float low = Float.NaN;
      float high = Float.NaN;
      double sum = 0;
      int known = 0;
      int end = Math.min(count, (to + 1) * factor);
      for (int from = to * factor; from < end; from++) {
        if (partUnknown(from)) {
          unknown.set(to);
        }
        if (!Float.isNaN(mean[from])) {
          low = further(low, min[from], -1);
          high = further(high, max[from], 1);
          sum += mean[from];
          known++;
        }
      }
      lows[to] = low;
      highs[to] = high;
      means[to] = known == 0 ? Float.NaN : (float) (sum / known);
    }
    return new Columns(columnNanos * factor, lows, highs, means, unknown);
  }
}
