// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * A distribution of durations in nanoseconds or of sizes in bytes, as its user says. Draws are
 * never negative.
 */
public sealed interface DistributionSpec {
  /** Returns the mean, in the unit of the user. */
  double mean();

  /**
   * Always the same.
   *
   * @param value 0 or more
   */
  record Constant(double value) implements DistributionSpec {
    public Constant {
      Require.notNegative(value, "the value of a constant");
    }

    @Override
    public double mean() {
      return value;
    }
  }

  /**
   * Anything between two bounds with equal probability.
   *
   * @param low 0 or more
   * @param high above low
   */
  record Uniform(double low, double high) implements DistributionSpec {
    public Uniform {
      Require.notNegative(low, "the low end of a uniform distribution");
      Require.positive(high - low, "the width of a uniform distribution");
    }

    @Override
    public double mean() {
      return (low + high) / 2;
    }
  }

  /**
   * Exponential.
   *
   * @param mean above 0
   */
  record Exponential(double mean) implements DistributionSpec {
    public Exponential {
      Require.positive(mean, "the mean of an exponential distribution");
    }
  }

  /**
   * The sum of equal exponential stages: less variable than one.
   *
   * @param mean above 0
   * @param stages 1 to 1000
   */
  record Erlang(double mean, int stages) implements DistributionSpec {
    public Erlang {
      Require.positive(mean, "the mean of an Erlang distribution");
      Require.between(stages, 1, 1000, "stages of an Erlang distribution");
    }
  }

  /**
   * Log-normal, by the mean and standard deviation of the value itself (not of its logarithm).
   *
   * @param mean above 0
   * @param standardDeviation above 0
   */
  record LogNormal(double mean, double standardDeviation) implements DistributionSpec {
    public LogNormal {
      Require.positive(mean, "the mean of a log-normal distribution");
      Require.positive(standardDeviation, "the standard deviation of a log-normal distribution");
    }
  }

  /**
   * Pareto: {@code P(X > x) = (minimum / x) ^ shape}.
   *
   * @param minimum above 0
   * @param shape above 1, so that there is a mean
   */
  record Pareto(double minimum, double shape) implements DistributionSpec {
    public Pareto {
      Require.positive(minimum, "the minimum of a Pareto distribution");
      if (!(shape > 1 && shape < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the shape of a Pareto distribution is " + shape + "; expected above 1");
      }
    }

    @Override
    public double mean() {
      return minimum * shape / (shape - 1);
    }
  }

  /**
   * One of several values.
   *
   * @param values at least one, each 0 or more
   * @param weights as many, each above 0; need not add up to 1
   */
  record Choice(List<Double> values, List<Double> weights) implements DistributionSpec {
    public Choice {
      values = List.copyOf(values);
      weights = List.copyOf(weights);
      Require.notEmpty(values, "the list of values of a choice");
      if (values.size() != weights.size()) {
        throw new IllegalArgumentException(
            "a choice has "
                + values.size()
                + " values and "
                + weights.size()
                + " weights; expected as many");
      }
      for (double value : new ArrayList<>(values)) {
        Require.notNegative(value, "a value of a choice");
      }
      for (double weight : new ArrayList<>(weights)) {
        Require.positive(weight, "a weight of a choice");
      }
    }

    @Override
    public double mean() {
      double sum = 0;
      double total = 0;
      for (int i = 0; i < values.size(); i++) {
        sum += values.get(i) * weights.get(i);
        total += weights.get(i);
      }
      return sum / total;
    }
  }
}
