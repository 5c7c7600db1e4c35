// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.List;
import org.poolsim.engine.stat.ConfidenceInterval;
import org.poolsim.engine.stat.ControlVariates;

/** A figure of a row and how it follows from the batches. */
sealed interface Figure {
  double CONFIDENCE = 0.99;

  /** Returns the name in the row; behind a slash an index into an array. */
  String name();

  /** Returns the 99 % interval. */
  ConfidenceInterval interval(List<Batch> batches, ControlVariates controls);

  /** Returns a figure of an open station. */
  static Figure ratio(String name, Total over, Total under) {
    return new Ratio(name, over.ordinal(), under.ordinal());
  }

  /** One total over another, over all batches; a batch counts by what it adds to that. */
  record Ratio(String name, int over, int under) implements Figure {
    @Override
    public ConfidenceInterval interval(List<Batch> batches, ControlVariates controls) {
      double above = 0;
      double below = 0;
      for (Batch batch : batches) {
        above += batch.sum(over);
        below += batch.sum(under);
      }
      double ratio = above / below;
      double mean = below / batches.size();
      double[] values = new double[batches.size()];
      for (int i = 0; i < values.length; i++) {
        Batch batch = batches.get(i);
        values[i] = ratio + (batch.sum(over) - ratio * batch.sum(under)) / mean;
      }
      return controls.ofMean(values, CONFIDENCE);
    }
  }

  /**
   * A rare figure of {@link DelayClimb}: the rate of arrivals that find the base, times the chances
   * to get from each level to the next before the base, times what is added up from there until the
   * base is reached again, over the arrival rate or not.
   *
   * <p>With u the share of arrivals first at a level, and q the chance to get from the level below
   * to this one before the base: p = u + (1 - u) q p is the chance to get to the next one.
   *
   * @param levels number of levels
   * @param what 0 for delayed jobs, 1 for waiting jobs over time, 2 for waits
   * @param arrivalRate over which the figure is given, 1 for none
   */
  record Climbed(String name, int levels, int what, double arrivalRate) implements Figure {
    /** Sums behind those of the levels. */
    static final int OTHERS = 3;

    private static final double STEP = 1e-6;

    @Override
    public ConfidenceInterval interval(List<Batch> batches, ControlVariates controls) {
      double found = mean(batches, Total.FOUND_BASE.ordinal());
      double time = mean(batches, Total.TIME.ordinal());
      double perExcursion = mean(batches, Total.COUNT + levels + what);
      double[] shares = new double[levels];
      for (int i = 0; i < levels; i++) {
        shares[i] = mean(batches, Total.COUNT + i);
      }
      double logChance = logChance(shares);
      double value = found / time / arrivalRate * StrictMath.exp(logChance) * perExcursion;
      double[] slopes = new double[levels];
      for (int i = 0; i < levels; i++) {
        double share = shares[i];
        double step = STEP * share;
        shares[i] = share + step;
        slopes[i] = (logChance(shares) - logChance) / step;
        shares[i] = share;
      }
      double[] values = new double[batches.size()];
      for (int b = 0; b < values.length; b++) {
        Batch batch = batches.get(b);
        double change =
            batch.sum(Total.FOUND_BASE) / found
                - batch.sum(Total.TIME) / time
                + batch.sum(Total.COUNT + levels + what) / perExcursion
                - 1;
        for (int i = 0; i < levels; i++) {
          change += slopes[i] * (batch.sum(Total.COUNT + i) - shares[i]);
        }
        values[b] = value * (1 + change);
      }
      return controls.ofMean(values, CONFIDENCE);
    }

    private static double logChance(double[] shares) {
      double below = 0;
      double sum = 0;
      for (double share : shares) {
        below = share / (1 - (1 - share) * below);
        sum += StrictMath.log(below);
      }
      return sum;
    }

    private static double mean(List<Batch> batches, int total) {
      double sum = 0;
      for (Batch batch : batches) {
        sum += batch.sum(total);
      }
      return sum / batches.size();
    }
  }

  /** Variance of the response. */
  record ResponseVariance(String name) implements Figure {
    @Override
    public ConfidenceInterval interval(List<Batch> batches, ControlVariates controls) {
      double count = 0;
      double sum = 0;
      double squares = 0;
      for (Batch batch : batches) {
        count += batch.sum(Total.SERVED);
        sum += batch.sum(Total.RESPONSE);
        squares += batch.sum(Total.RESPONSE_SQUARED);
      }
      double mean = sum / count;
      double variance = squares / count - mean * mean;
      double[] values = new double[batches.size()];
      for (int i = 0; i < values.length; i++) {
        Batch batch = batches.get(i);
        double served = batch.sum(Total.SERVED);
        // Sum over the batch of (response - mean)^2 - variance.
        double excess =
            batch.sum(Total.RESPONSE_SQUARED)
                - 2 * mean * batch.sum(Total.RESPONSE)
                + served * (mean * mean - variance);
        values[i] = variance + excess / (count / values.length);
      }
      return controls.ofMean(values, CONFIDENCE);
    }
  }

  /**
   * The time that a share of the jobs do not exceed. The interval is that of the distribution
   * function at the sample's quantile, carried back through the sample's distribution function
   * (Woodruff, Confidence intervals for medians and other position measures, JASA 47, 1952), so
   * that a probability of not waiting at all needs no density.
   */
  record Quantile(String name, double share, boolean ofResponse) implements Figure {
    @Override
    public ConfidenceInterval interval(List<Batch> batches, ControlVariates controls) {
      Times all = new Times();
      batches.forEach(batch -> all.addAll(times(batch)));
      double count = (double) all.count();
      double at = all.quantile(share);
      double atMost = all.upTo(at) / count;
      double mean = count / batches.size();
      double[] values = new double[batches.size()];
      for (int i = 0; i < values.length; i++) {
        Times times = times(batches.get(i));
        values[i] = atMost + (times.upTo(at) - atMost * times.count()) / mean;
      }
      ConfidenceInterval reached = controls.ofMean(values, CONFIDENCE);
      double corrected = share + atMost - reached.estimate();
      double half = reached.halfWidth();
      return new ConfidenceInterval(
          quantile(all, corrected),
          quantile(all, corrected - half),
          quantile(all, corrected + half),
          CONFIDENCE,
          batches.size());
    }

    private static double quantile(Times all, double share) {
      return all.quantile(Math.min(1, Math.max(0, share))) / Experiment.UNIT_NANOS;
    }

    private Times times(Batch batch) {
      return ofResponse ? batch.responses() : batch.waits();
    }
  }
}
