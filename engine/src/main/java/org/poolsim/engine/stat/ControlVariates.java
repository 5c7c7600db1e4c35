// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.stat;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Narrows the interval of a mean by what is known: controls are quantities of the same observations
 * whose true mean is zero (the service times drawn less their mean, say). What the observations owe
 * to chance in the controls is taken off by linear regression, and the intercept is the estimate of
 * the mean (Lavenberg and Welch, A perspective on the use of control variables to increase the
 * efficiency of Monte Carlo simulations, Management Science 27(3), 1981). Exact for observations
 * and controls that are jointly normal, as means of long batches about are.
 *
 * <p>A control must have mean zero whatever the simulated system does: only then does a wrong
 * system stay wrong in the estimate. Controls that are linear combinations of earlier ones, or zero
 * throughout, are left out.
 */
public final class ControlVariates {
  /** A control whose part independent of the others is smaller than this says nothing new. */
  private static final double DEPENDENT = 1e-7;

  /** Orthonormal base of the controls. */
  private final double[][] base;

  /** What the controls leave of a constant one: weighs the observations. */
  private final double[] rest;

  private final double restSquare;
  private final int degreesOfFreedom;

  /**
   * Prepares the regression.
   *
   * @param controls one row per observation, all of one length; at least three observations more
   *     than controls
   */
  public ControlVariates(double[][] controls) {
    int observations = controls.length;
    int width = observations == 0 ? 0 : controls[0].length;
    if (observations < width + 3) {
      throw new IllegalArgumentException(
          width + " controls need " + (width + 3) + " observations or more, not " + observations);
    }
    double[][] found = new double[width][];
    int used = 0;
    for (int j = 0; j < width; j++) {
      double[] column = new double[observations];
      for (int i = 0; i < observations; i++) {
        column[i] = controls[i][j];
      }
      double before = Math.sqrt(dot(column, column));
      // Twice: the second pass takes off what rounding left in the first.
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < used; k++) {
          subtract(column, found[k], dot(column, found[k]));
        }
      }
      double left = Math.sqrt(dot(column, column));
      if (left > DEPENDENT * before) {
        for (int i = 0; i < observations; i++) {
          column[i] /= left;
        }
        found[used++] = column;
      }
    }
    base = Arrays.copyOf(found, used);
    rest = new double[observations];
    Arrays.fill(rest, 1);
    for (double[] direction : base) {
      subtract(rest, direction, dot(rest, direction));
    }
    restSquare = dot(rest, rest);
    degreesOfFreedom = observations - used - 1;
  }

  /** Returns the number of controls that say something. */
  public int controls() {
    return base.length;
  }

  /**
   * Returns the interval for the mean, by Student's t with (observations - controls - 1) degrees of
   * freedom.
   *
   * @param observations one for each row of the controls
   */
  public ConfidenceInterval ofMean(double[] observations, double confidence) {
    ConfidenceInterval.checkConfidence(confidence);
    if (observations.length != rest.length) {
      throw new IllegalArgumentException(
          "as many observations as rows of controls are needed, "
              + rest.length
              + ", not "
              + observations.length);
    }
    double mean = dot(rest, observations) / restSquare;
    double[] residual = observations.clone();
    for (double[] direction : base) {
      subtract(residual, direction, dot(residual, direction));
    }
    subtract(residual, rest, mean);
    double variance = dot(residual, residual) / degreesOfFreedom / restSquare;
    double t =
        new TDistribution(null, degreesOfFreedom)
            .inverseCumulativeProbability((1 + confidence) / 2);
    double half = t * Math.sqrt(variance);
    return new ConfidenceInterval(mean, mean - half, mean + half, confidence, observations.length);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void subtract(double[] from, double[] direction, double times) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= times * direction[i];
    }
  }
}
