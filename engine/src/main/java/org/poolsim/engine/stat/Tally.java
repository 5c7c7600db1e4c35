// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.stat;

/**
 * Count, mean, variance and extremes of observations, in one pass and constant space (Welford's
 * recurrence; merging after Chan, Golub and LeVeque). Not thread safe.
 */
public final class Tally {
  private long count;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /** Adds an observation. */
  public void add(double value) {
    count++;
    double delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  /** Adds all observations of another tally. */
  public void merge(Tally other) {
    if (other.count == 0) {
      return;
    }
    long total = count + other.count;
    double delta = other.mean - mean;
    squares += other.squares + delta * delta * count * other.count / total;
    mean += delta * other.count / total;
    count = total;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  /** Forgets everything. */
  public void reset() {
    count = 0;
    mean = 0;
    squares = 0;
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
  }

  /** Returns the number of observations. */
  public long count() {
    return count;
  }

  /** Returns the sum of the observations. */
  public double sum() {
    return mean * count;
  }

  /** Returns the mean; not a number without observations. */
  public double mean() {
    return count == 0 ? Double.NaN : mean;
  }

  /** Returns the unbiased sample variance; not a number with fewer than two observations. */
  public double variance() {
    return count < 2 ? Double.NaN : squares / (count - 1);
  }

  /** Returns the square root of {@link #variance()}. */
  public double standardDeviation() {
    return Math.sqrt(variance());
  }

  /** Returns the smallest observation; positive infinity without observations. */
  public double min() {
    return min;
  }

  /** Returns the largest observation; negative infinity without observations. */
  public double max() {
    return max;
  }

  @Override
  public String toString() {
    return "n=" + count + " mean=" + mean() + " sd=" + standardDeviation();
  }
}
