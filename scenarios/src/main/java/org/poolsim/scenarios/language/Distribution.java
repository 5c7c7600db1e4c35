// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.InWords;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Most;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Span;
import org.poolsim.scenarios.yaml.Within;

/** A distribution of times or sizes. */
@Doc(
    "A distribution of times or sizes: a value alone, words such as exponential 5ms or uniform"
        + " 1ms..5ms, or a mapping.")
@InWords(alone = "constant")
public sealed interface Distribution {
  /** Always the same. */
  @Doc("Always the same.")
  record Constant(@Doc("The value.") @Measured(Quantity.INHERITED) double constant)
      implements Distribution {}

  /** Uniform. */
  @Doc("Anything between two bounds with equal probability.")
  record Uniform(@Doc("The bounds, LOW..HIGH.") @Measured(Quantity.INHERITED) Span uniform)
      implements Distribution {}

  /** Exponential. */
  @Doc("Exponential.")
  record Exponential(@Doc("The mean.") @Measured(Quantity.INHERITED) double exponential)
      implements Distribution {}

  /** Erlang. */
  @Doc("The sum of equal exponential stages: less variable than one.")
  record Erlang(@Doc("Mean and stages.") @Measured(Quantity.INHERITED) ErlangShape erlang)
      implements Distribution {}

  /** Log-normal. */
  @Doc("Log-normal, by the mean and variation of the value itself.")
  record Lognormal(
      @Doc("Mean and coefficient of variation.") @Measured(Quantity.INHERITED)
          LognormalShape lognormal)
      implements Distribution {}

  /** Pareto. */
  @Doc("Pareto: P(X > x) = (minimum / x) ^ shape.")
  record Pareto(@Doc("Minimum and shape.") @Measured(Quantity.INHERITED) ParetoShape pareto)
      implements Distribution {}

  /** One of several values. */
  @Doc("One of several values.")
  record Choice(@Doc("Values and weights.") @Measured(Quantity.INHERITED) ChoiceShape choice)
      implements Distribution {}

  /** An Erlang distribution's parameters. */
  @Doc("Parameters of an Erlang distribution.")
  record ErlangShape(
      @Doc("The mean.") @Measured(Quantity.INHERITED) double mean,
      @Doc("The number of stages.") @Within(min = "1", max = "1000") int stages) {}

  /** A log-normal distribution's parameters. */
  @Doc("Parameters of a log-normal distribution.")
  record LognormalShape(
      @Doc("The mean.") @Measured(Quantity.INHERITED) double mean,
      @Doc("Standard deviation divided by the mean.") @Within(min = "0.001", max = "1000")
          double cv) {}

  /** A Pareto distribution's parameters. */
  @Doc("Parameters of a Pareto distribution.")
  record ParetoShape(
      @Doc("The least value.") @Measured(Quantity.INHERITED) double minimum,
      @Doc("The tail index, above 1.") @Within(min = "1.001", max = "1000") double shape) {}

  /** A choice's parameters. */
  @Doc("Values and how often each is taken.")
  record ChoiceShape(
      @Doc("The values.") @Measured(Quantity.INHERITED) @Most(10000) List<Double> values,
      @Doc("As many weights; they need not add up to 1.")
          @Within(min = "0.000001", max = "1000000000")
          @Most(10000)
          @Computed("all equal")
          List<Double> weights) {}
}
