// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.stat;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * An estimate and the interval that holds the true value with the given probability.
 *
 * @param estimate the point estimate
 * @param low lower end
 * @param high upper end
 * @param confidence between 0 and 1
 * @param observations independent observations behind it
 */
public record ConfidenceInterval(
    double estimate, double low, double high, double confidence, long observations) {

  /** Returns half the length of the interval. */
  public double halfWidth() {
    return (high - low) / 2;
  }

  /** Returns the half-width over the magnitude of the estimate; infinite around zero. */
  public double relativeHalfWidth() {
    double half = halfWidth();
    return half == 0 ? 0 : half / Math.abs(estimate);
  }

  /** Returns whether a value lies within, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /**
   * Interval for the mean of independent, about normal observations, by Student's t with n - 1
   * degrees of freedom. Infinite with fewer than two observations.
   */
  public static ConfidenceInterval ofMean(Tally tally, double confidence) {
    checkConfidence(confidence);
    if (tally.count() < 2) {
      return new ConfidenceInterval(
          tally.mean(),
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          confidence,
          tally.count());
    }
    double t =
        new TDistribution(null, tally.count() - 1.0)
            .inverseCumulativeProbability((1 + confidence) / 2);
    double half = t * tally.standardDeviation() / Math.sqrt((double) tally.count());
    return new ConfidenceInterval(
        tally.mean(), tally.mean() - half, tally.mean() + half, confidence, tally.count());
  }

  /** Interval for the mean of independent, about normal observations. */
  public static ConfidenceInterval ofMean(double[] observations, double confidence) {
    Tally tally = new Tally();
    for (double observation : observations) {
      tally.add(observation);
    }
    return ofMean(tally, confidence);
  }

  /**
   * Interval for the mean of (first - second) over pairs that share their random numbers: the
   * paired t interval. The two policies differ, at this confidence, if it does not hold zero.
   */
  public static ConfidenceInterval ofPairedDifference(
      double[] first, double[] second, double confidence) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "pairs are needed, there are "
              + first.length
              + " and "
              + second.length
              + " observations");
    }
    Tally differences = new Tally();
    for (int i = 0; i < first.length; i++) {
      differences.add(first[i] - second[i]);
    }
    return ofMean(differences, confidence);
  }

  /**
   * Interval for a quantile of the law of independent observations, from order statistics: no
   * assumption about the law. The ends are observations; an end is infinite where the sample is too
   * small to bound it. The confidence is at least what is asked for.
   *
   * @param sorted observations in ascending order, at least one
   * @param quantile in (0, 1)
   */
  public static ConfidenceInterval ofQuantile(double[] sorted, double quantile, double confidence) {
    checkConfidence(confidence);
    if (!(quantile > 0 && quantile < 1)) {
      throw new IllegalArgumentException("a quantile lies between 0 and 1, not " + quantile);
    }
    int n = sorted.length;
    BinomialDistribution below = new BinomialDistribution(null, n, quantile);
    double tail = (1 - confidence) / 2;
    // Largest rank l with P(fewer than l below) <= tail; smallest rank u with P(u or more) <= tail.
    int lowRank = below.inverseCumulativeProbability(tail);
    while (lowRank > 0 && below.cumulativeProbability(lowRank - 1) > tail) {
      lowRank--;
    }
    int highRank = below.inverseCumulativeProbability(1 - tail) + 1;
    double estimate = sorted[Math.min(n - 1, (int) Math.ceil(n * quantile) - 1)];
    return new ConfidenceInterval(
        estimate,
        lowRank < 1 ? Double.NEGATIVE_INFINITY : sorted[lowRank - 1],
        highRank > n ? Double.POSITIVE_INFINITY : sorted[highRank - 1],
        confidence,
        n);
  }

  static void checkConfidence(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("a confidence lies between 0 and 1, not " + confidence);
    }
  }
}
