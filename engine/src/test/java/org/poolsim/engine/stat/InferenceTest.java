// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

class InferenceTest {
  @Test
  void theIntervalOfAMeanIsStudents() {
    // Ten observations: 1.34 +- 1.833 * sqrt(0.17 / 10), t table, 90 %.
    double[] observations = {1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09};
    ConfidenceInterval interval = ConfidenceInterval.ofMean(observations, 0.90);
    assertThat(interval.estimate()).isCloseTo(1.343, within(1e-9));
    assertThat(interval.halfWidth()).isCloseTo(1.8331 * Math.sqrt(0.167512 / 10), within(1e-3));
    assertThat(interval.relativeHalfWidth()).isCloseTo(0.177, within(1e-3));
    assertThat(interval.contains(1.2)).isTrue();
    assertThat(interval.contains(1.7)).isFalse();
  }

  @Test
  void studentQuantilesAreThoseOfThePrintedTable() {
    // Two observations 0 and 2: mean 1, standard error 1, one degree of freedom: t = 63.657 at 99
    // %.
    assertThat(ConfidenceInterval.ofMean(new double[] {0, 2}, 0.99).halfWidth())
        .isCloseTo(63.657, within(1e-3));
    assertThat(ConfidenceInterval.ofMean(new double[] {5}, 0.99).halfWidth()).isInfinite();
  }

  @Test
  void studentsSleepDataGiveThePublishedPairedInterval() {
    // Student (1908): extra sleep under two drugs; mean difference -1.58, 95 % interval as in R's
    // t.test(paired = TRUE): -2.4598858 to -0.7001142.
    double[] first = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
    double[] second = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
    ConfidenceInterval interval = ConfidenceInterval.ofPairedDifference(first, second, 0.95);
    assertThat(interval.estimate()).isCloseTo(-1.58, within(1e-9));
    assertThat(interval.low()).isCloseTo(-2.4598858, within(1e-6));
    assertThat(interval.high()).isCloseTo(-0.7001142, within(1e-6));
    assertThatThrownBy(() -> ConfidenceInterval.ofPairedDifference(first, new double[3], 0.95))
        .hasMessageContaining("pairs");
  }

  @Test
  void theIntervalOfAMedianHasTheRanksOfThePrintedTable() {
    // 95 % sign-test interval of a median: ranks 2 and 9 of 10, 6 and 15 of 20, 18 and 33 of 50.
    assertThat(ranks(10)).containsExactly(2, 9);
    assertThat(ranks(20)).containsExactly(6, 15);
    assertThat(ranks(50)).containsExactly(18, 33);
    ConfidenceInterval few = ConfidenceInterval.ofQuantile(new double[] {1, 2, 3}, 0.99, 0.95);
    assertThat(few.high()).isInfinite();
  }

  private static int[] ranks(int count) {
    double[] sorted = IntStream.rangeClosed(1, count).asDoubleStream().toArray();
    ConfidenceInterval interval = ConfidenceInterval.ofQuantile(sorted, 0.5, 0.95);
    return new int[] {(int) interval.low(), (int) interval.high()};
  }

  @Test
  void quantileIntervalsCoverAsOftenAsTheySay() {
    RandomStream stream = new RandomStreams(5).stream("coverage");
    double truth = -Math.log(0.1);
    int covered = 0;
    for (int i = 0; i < 2000; i++) {
      double[] draws = new double[100];
      Arrays.setAll(draws, j -> stream.exponential(1));
      Arrays.sort(draws);
      covered += ConfidenceInterval.ofQuantile(draws, 0.9, 0.9).contains(truth) ? 1 : 0;
    }
    assertThat(covered / 2000.0).isBetween(0.9, 0.96);
  }

  @Test
  void batchMeansCoverTheMeanOfACorrelatedSequence() {
    // First-order autoregression with correlation 0.9 and mean 10.
    int covered = 0;
    RandomStream stream = new RandomStreams(6).stream("autoregression");
    for (int run = 0; run < 300; run++) {
      BatchMeans batches = new BatchMeans(20);
      double x = stream.normal(0, 1 / Math.sqrt(0.19));
      for (int i = 0; i < 20_000; i++) {
        x = 0.9 * x + stream.normal(0, 1);
        batches.add(10 + x);
      }
      assertThat(batches.batches()).isBetween(20, 39);
      assertThat(batches.lagOneCorrelation()).isBetween(-0.7, 0.7);
      covered += batches.interval(0.95).contains(10) ? 1 : 0;
    }
    assertThat(covered / 300.0).isBetween(0.905, 0.99);
  }

  @Test
  void batchesOfOneObservationAreTheObservations() {
    BatchMeans batches = new BatchMeans(4);
    for (int i = 1; i <= 9; i++) {
      batches.add(i);
    }
    assertThat(batches.batchLength()).isEqualTo(2);
    assertThat(batches.batches()).isEqualTo(4);
    assertThat(batches.interval(0.95).estimate()).isEqualTo(4.5);
  }

  @Test
  void replicationsGiveTheSameForAnyNumberOfThreads() {
    SequentialStopping rule = new SequentialStopping(0.02, 0.95, 10, 5000);
    SequentialStopping.Outcome one = stopped(rule, 1);
    SequentialStopping.Outcome three = stopped(rule, 3);
    assertThat(three).isEqualTo(one);
    assertThat(one.reached()).isTrue();
    assertThat(one.replications()).isGreaterThan(10);
    assertThat(one.intervals())
        .allSatisfy(interval -> assertThat(interval.relativeHalfWidth()).isLessThanOrEqualTo(0.02));
    assertThat(stopped(new SequentialStopping(1e-6, 0.95, 3, 20), 2).reached()).isFalse();
  }

  private static SequentialStopping.Outcome stopped(SequentialStopping rule, int threads) {
    try (ReplicationRunner runner = new ReplicationRunner(threads)) {
      return rule.run(
          runner,
          number -> {
            RandomStream stream = new RandomStreams(9).replication(number).stream("x");
            return new double[] {stream.normal(10, 3), stream.exponential(4) + 50};
          });
    }
  }

  @Test
  void resultsComeInOrderAndTheFirstFailureIsThrown() {
    try (ReplicationRunner runner = new ReplicationRunner(2)) {
      List<Integer> squares = runner.run(3, 7, number -> number * number);
      assertThat(squares).containsExactly(9, 16, 25, 36);
      assertThatThrownBy(
              () ->
                  runner.run(
                      0,
                      9,
                      number -> {
                        if (number % 4 == 1) {
                          throw new IllegalStateException("replication " + number);
                        }
                        return number;
                      }))
          .hasMessage("replication 1");
    }
  }
}
