// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.ParetoDistribution;
import org.apache.commons.statistics.distribution.TriangularDistribution;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;
import org.apache.commons.statistics.distribution.WeibullDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DistributionTest {
  private static final int DRAWS = 200_000;

  /** Kolmogorov's 99.99 % bound for the largest distance between the two distribution functions. */
  private static final double LARGEST_DISTANCE = 2.23 / Math.sqrt(DRAWS);

  static Stream<Arguments> lawsAndTheirDistributionFunctions() {
    return Stream.of(
        law(
            Distribution.uniform(-3, 5),
            UniformContinuousDistribution.of(-3, 5)::cumulativeProbability),
        law(Distribution.exponential(7), ExponentialDistribution.of(7)::cumulativeProbability),
        law(Distribution.normal(-2, 3), NormalDistribution.of(-2, 3)::cumulativeProbability),
        law(
            Distribution.lognormalOfMedian(Math.exp(0.5), 0.8),
            LogNormalDistribution.of(0.5, 0.8)::cumulativeProbability),
        law(Distribution.pareto(5, 2), ParetoDistribution.of(2, 5)::cumulativeProbability),
        law(Distribution.erlang(3, 6), GammaDistribution.of(3, 2)::cumulativeProbability),
        law(Distribution.erlang(20, 6), GammaDistribution.of(20, 0.3)::cumulativeProbability),
        law(Distribution.gamma(0.4, 3), GammaDistribution.of(0.4, 3)::cumulativeProbability),
        law(Distribution.gamma(2.5, 3), GammaDistribution.of(2.5, 3)::cumulativeProbability),
        law(Distribution.weibull(1.5, 4), WeibullDistribution.of(1.5, 4)::cumulativeProbability),
        law(
            Distribution.triangular(1, 2, 6),
            TriangularDistribution.of(1, 2, 6)::cumulativeProbability),
        law(
            Distribution.hyperexponential(2, 4),
            x -> {
              double p = 0.5 * (1 + Math.sqrt(0.6));
              return 1 - p * Math.exp(-x * p) - (1 - p) * Math.exp(-x * (1 - p));
            }),
        law(
            Distribution.quantiles(new double[] {0, 1, 5}, new double[] {0, 0.25, 1}),
            x -> x < 1 ? 0.25 * x : 0.25 + 0.75 * (x - 1) / 4),
        law(
            Distribution.shifted(10, Distribution.exponential(2)),
            x -> 1 - Math.exp(-(x - 10) / 2)),
        law(
            Distribution.lognormal(5, 0.5).times(2),
            LogNormalDistribution.of(Math.log(10) - Math.log(1.25) / 2, Math.sqrt(Math.log(1.25)))
                ::cumulativeProbability));
  }

  private static Arguments law(Distribution law, DoubleUnaryOperator distributionFunction) {
    return Arguments.of(law, distributionFunction);
  }

  @ParameterizedTest
  @MethodSource("lawsAndTheirDistributionFunctions")
  void drawsFollowTheLaw(Distribution law, DoubleUnaryOperator distributionFunction) {
    double[] draws = draw(law);
    Arrays.sort(draws);
    double distance = 0;
    for (int i = 0; i < DRAWS; i++) {
      double expected = distributionFunction.applyAsDouble(draws[i]);
      distance = Math.max(distance, Math.abs(expected - (i + 0.5) / DRAWS));
    }
    assertThat(distance).isLessThan(LARGEST_DISTANCE);
  }

  @ParameterizedTest
  @MethodSource("lawsAndTheirDistributionFunctions")
  void meanAndVarianceAreThoseOfTheDraws(Distribution law, DoubleUnaryOperator unused) {
    double[] draws = draw(law);
    double error = Math.sqrt(law.variance() / DRAWS);
    assertThat(new Mean().evaluate(draws)).isCloseTo(law.mean(), within(4.5 * error));
    assertThat(new Variance().evaluate(draws) / law.variance()).isCloseTo(1, within(0.1));
  }

  @Test
  void anEmpiricalLawDrawsItsValuesByWeight() {
    Distribution law =
        Distribution.weighted(new double[] {10, 20, 30}, new double[] {1, 0, 3}).times(2);
    double[] draws = draw(law);
    assertThat(draws).containsOnly(20, 60);
    assertThat(law.mean()).isEqualTo(50);
    assertThat(law.variance()).isEqualTo(300);
    assertThat(new Mean().evaluate(draws)).isCloseTo(50, within(0.2));
  }

  @Test
  void lawsAreGivenByMeanAndVariation() {
    assertThat(Distribution.lognormal(7, 1.5).mean()).isCloseTo(7, within(1e-12));
    assertThat(Distribution.lognormal(7, 1.5).squaredVariation()).isCloseTo(2.25, within(1e-12));
    assertThat(Distribution.hyperexponential(3, 9).mean()).isCloseTo(3, within(1e-12));
    assertThat(Distribution.hyperexponential(3, 9).squaredVariation()).isCloseTo(9, within(1e-12));
    assertThat(Distribution.paretoOfMean(1.5, 12).mean()).isCloseTo(12, within(1e-12));
    assertThat(Distribution.pareto(1.5, 1).variance()).isInfinite();
    assertThat(Distribution.pareto(1, 1).mean()).isInfinite();
  }

  @Test
  void timesAreWholeAndNotNegative() {
    RandomStream stream = new RandomStreams(1).stream("times");
    for (int i = 0; i < 1000; i++) {
      assertThat(Distribution.normal(0, 1e6).sampleNanos(stream)).isNotNegative();
    }
    assertThat(Distribution.constant(1e300).sampleNanos(stream)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void geometricDrawsHaveTheirMean() {
    RandomStream stream = new RandomStreams(1).stream("geometric");
    double[] draws = new double[DRAWS];
    Arrays.setAll(draws, i -> stream.geometric(0.2));
    assertThat(new Mean().evaluate(draws))
        .isCloseTo(4, within(4.5 * Math.sqrt(0.8 / 0.04 / DRAWS)));
    assertThat(stream.geometric(1)).isZero();
  }

  @Test
  void shufflingReachesAllOrdersAlike() {
    RandomStream stream = new RandomStreams(1).stream("shuffle");
    int[] seen = new int[27];
    for (int i = 0; i < 60_000; i++) {
      int[] elements = {0, 1, 2};
      stream.shuffle(elements);
      seen[elements[0] * 9 + elements[1] * 3 + elements[2]]++;
    }
    assertThat(Arrays.stream(seen).filter(n -> n > 0).boxed())
        .hasSize(6)
        .allSatisfy(n -> assertThat(n).isBetween(9_600, 10_400));
  }

  @Test
  void wrongParametersAreRefused() {
    assertThatThrownBy(() -> Distribution.exponential(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mean must be positive and finite, it is -1.0");
    assertThatThrownBy(() -> Distribution.uniform(2, 1)).hasMessageContaining("must not exceed");
    assertThatThrownBy(() -> Distribution.constant(Double.NaN)).hasMessageContaining("finite");
    assertThatThrownBy(() -> Distribution.hyperexponential(1, 0.5))
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> Distribution.paretoOfMean(1, 5))
        .hasMessageContaining("no finite mean");
    assertThatThrownBy(Distribution::empirical).hasMessageContaining("at least one value");
    assertThatThrownBy(() -> Distribution.quantiles(new double[] {1, 2}, new double[] {0, 0.9}))
        .hasMessageContaining("from 0 to 1");
  }

  private static double[] draw(Distribution law) {
    RandomStream stream = new RandomStreams(2026).stream("law " + law.getClass().getSimpleName());
    double[] draws = new double[DRAWS];
    Arrays.setAll(draws, i -> law.sample(stream));
    return draws;
  }
}
