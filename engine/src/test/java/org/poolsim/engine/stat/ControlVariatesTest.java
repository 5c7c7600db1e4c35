// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

class ControlVariatesTest {
  @Test
  void theEstimateIsTheInterceptOfAnOrdinaryRegression() {
    RandomStream stream = new RandomStreams(3).stream("regression");
    double[][] controls = new double[40][3];
    double[] observations = new double[40];
    for (int i = 0; i < observations.length; i++) {
      for (int j = 0; j < 3; j++) {
        controls[i][j] = stream.normal(0, 1 + j);
      }
      observations[i] = 5 + 2 * controls[i][0] - controls[i][2] + stream.normal(0, 0.5);
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(observations, controls);
    ConfidenceInterval interval = new ControlVariates(controls).ofMean(observations, 0.95);
    assertThat(interval.estimate())
        .isCloseTo(regression.estimateRegressionParameters()[0], within(1e-10));
    // t quantile of the printed table, 36 degrees of freedom, 95 %: 2.0281.
    assertThat(interval.halfWidth() / regression.estimateRegressionParametersStandardErrors()[0])
        .isCloseTo(2.0281, within(1e-4));
  }

  @Test
  void withoutControlsTheIntervalIsStudents() {
    double[] observations = {1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09};
    ConfidenceInterval interval = new ControlVariates(new double[10][0]).ofMean(observations, 0.9);
    ConfidenceInterval students = ConfidenceInterval.ofMean(observations, 0.9);
    assertThat(interval.estimate()).isCloseTo(students.estimate(), within(1e-12));
    assertThat(interval.halfWidth()).isCloseTo(students.halfWidth(), within(1e-12));
  }

  @Test
  void emptyAndRepeatedControlsAreLeftOut() {
    RandomStream stream = new RandomStreams(4).stream("regression");
    double[][] one = new double[20][1];
    double[][] four = new double[20][4];
    double[] observations = new double[20];
    for (int i = 0; i < observations.length; i++) {
      one[i][0] = stream.normal(0, 1);
      four[i] = new double[] {one[i][0], 0, -3 * one[i][0], one[i][0] / 7};
      observations[i] = stream.normal(0, 1) + one[i][0];
    }
    ControlVariates same = new ControlVariates(four);
    assertThat(same.controls()).isEqualTo(1);
    assertThat(same.ofMean(observations, 0.99).halfWidth())
        .isCloseTo(new ControlVariates(one).ofMean(observations, 0.99).halfWidth(), within(1e-12));
    assertThatThrownBy(() -> new ControlVariates(new double[6][4]))
        .hasMessageContaining("4 controls need 7 observations");
  }

  @Test
  void theNarrowedIntervalCoversAsOftenAsItSays() {
    // The mean of exp(u), u uniform on (0, 1), with u - 1/2 as control: e - 1, and far narrower.
    RandomStream stream = new RandomStreams(5).stream("coverage");
    int covered = 0;
    double narrowed = 0;
    for (int run = 0; run < 1000; run++) {
      double[][] controls = new double[30][1];
      double[] observations = new double[30];
      for (int i = 0; i < observations.length; i++) {
        double sum = 0;
        double control = 0;
        for (int k = 0; k < 20; k++) {
          double u = stream.nextDouble();
          sum += StrictMath.exp(u);
          control += u - 0.5;
        }
        observations[i] = sum / 20;
        controls[i][0] = control;
      }
      ConfidenceInterval interval = new ControlVariates(controls).ofMean(observations, 0.9);
      covered += interval.contains(Math.E - 1) ? 1 : 0;
      narrowed +=
          interval.halfWidth() / ConfidenceInterval.ofMean(observations, 0.9).halfWidth() / 1000;
    }
    assertThat(covered / 1000.0).isBetween(0.875, 0.925);
    // Correlation 0.9918: sqrt(1 - 0.9918^2) = 0.128.
    assertThat(narrowed).isBetween(0.11, 0.15);
  }
}
