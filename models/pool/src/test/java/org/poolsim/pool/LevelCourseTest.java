// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.poolsim.pool.Scenes.SECOND;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.stat.Tally;
import org.poolsim.engine.stat.TimeWeighted;
import org.poolsim.pool.spec.TimeSeries;
import org.poolsim.pool.spec.WorkloadSpec;

class LevelCourseTest {
  private static LevelCourse course(WorkloadSpec.Background spec) {
    return LevelCourse.of(spec, new RandomStreams(1).stream("test"));
  }

  /** Returns "second:level" for each piece up to {@code untilNanos}. */
  private static List<String> pieces(WorkloadSpec.Background spec, long untilNanos) {
    LevelCourse course = course(spec);
    List<String> pieces = new ArrayList<>();
    long now = 0;
    while (now < untilNanos) {
      long next = course.advance(now);
      pieces.add(now / (double) SECOND + ":" + Math.rint(course.level() * 1e6) / 1e6);
      assertThat(next).isGreaterThan(now);
      now = next;
    }
    return pieces;
  }

  @Test
  void profileHoldsEachLevelForItsPartOfThePeriodAndRepeats() {
    var spec = new WorkloadSpec.Profile("p", 0, List.of(0.1, 0.5, 0.9), 30 * SECOND, 25 * SECOND);

    assertThat(pieces(spec, 40 * SECOND))
        .containsExactly("0.0:0.9", "5.0:0.1", "15.0:0.5", "25.0:0.9", "35.0:0.1");
  }

  @Test
  void sineHasItsMeanAndItsPeak() {
    LevelCourse course = course(new WorkloadSpec.Sine("s", 0, 0.4, 0.3, 100 * SECOND, 0, SECOND));
    Tally tally = new Tally();
    for (long now = 0; now < 1000 * SECOND; now = course.advance(now)) {
      course.advance(now);
      tally.add(course.level());
    }

    assertThat(tally.mean()).isCloseTo(0.4, within(1e-9));
    assertThat(tally.max()).isCloseTo(0.7, within(1e-3));
    assertThat(tally.min()).isCloseTo(0.1, within(1e-3));
  }

  @Test
  void burstyIsOnForItsShareOfTheTime() {
    LevelCourse course =
        course(
            new WorkloadSpec.Bursty(
                "b",
                0,
                1,
                0,
                Distribution.exponential(2.0 * SECOND),
                Distribution.exponential(6.0 * SECOND)));
    TimeWeighted level = new TimeWeighted(0, 0);
    long now = 0;
    for (int i = 0; i < 20_000; i++) {
      long next = course.advance(now);
      level.set(now, course.level());
      now = next;
    }

    assertThat(level.average(now)).isCloseTo(0.25, within(0.01));
  }

  @Test
  void stochasticHasItsStationaryLawAndCorrelation() {
    LevelCourse course = course(new WorkloadSpec.Stochastic("o", 0, 0.5, 0.1, 10 * SECOND, SECOND));
    Tally tally = new Tally();
    double covariance = 0;
    double before = 0.5;
    int steps = 100_000;
    for (int i = 0; i < steps; i++) {
      course.advance(i * SECOND);
      tally.add(course.level());
      covariance += (course.level() - 0.5) * (before - 0.5) / steps;
      before = course.level();
    }

    assertThat(tally.mean()).isCloseTo(0.5, within(0.01));
    assertThat(tally.standardDeviation()).isCloseTo(0.1, within(0.005));
    assertThat(covariance / tally.variance()).isCloseTo(Math.exp(-0.1), within(0.02));
  }

  @Test
  void traceHoldsOrInterpolates() {
    TimeSeries series =
        new TimeSeries(
            new long[] {10 * SECOND, 20 * SECOND, 40 * SECOND}, new double[] {0.2, 0.4, 2});
    var hold =
        new WorkloadSpec.Trace(
            "t", 0, series, 0.5, WorkloadSpec.Between.HOLD, WorkloadSpec.After.HOLD);
    var line =
        new WorkloadSpec.Trace(
            "t", 0, series, 0.5, WorkloadSpec.Between.INTERPOLATE, WorkloadSpec.After.HOLD);
    var repeated =
        new WorkloadSpec.Trace(
            "t", 0, series, 0.5, WorkloadSpec.Between.HOLD, WorkloadSpec.After.REPEAT);

    assertThat(pieces(hold, 1000 * SECOND))
        .containsExactly("0.0:0.1", "10.0:0.1", "20.0:0.2", "40.0:1.0");
    assertThat(pieces(line, 1000 * SECOND))
        .containsExactly("0.0:0.1", "10.0:0.15", "20.0:0.6", "40.0:1.0");
    // The cycle is the last time and one mean interval: 55 s.
    assertThat(pieces(repeated, 70 * SECOND))
        .containsExactly("0.0:0.1", "10.0:0.1", "20.0:0.2", "40.0:1.0", "55.0:0.1", "65.0:0.1");
  }
}
