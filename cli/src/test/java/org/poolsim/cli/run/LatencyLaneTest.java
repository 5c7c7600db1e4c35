// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolsim.pool.spec.ObjectiveSpec;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.Period;
import org.poolsim.reports.result.SaturationRecorder;
import org.poolsim.reports.result.Unit;

/** A latency is saturated while the statistic of its objective is, window by window. */
final class LatencyLaneTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  private final SaturationRecorder recorder =
      new SaturationRecorder("read latency", Unit.SECONDS, 0.02, "its objective", 10 * SECOND);

  private LatencyLane lane(ObjectiveSpec.Statistic statistic, double percentile) {
    return new LatencyLane(
        new ObjectiveSpec(
            "vbd.read_latency",
            null,
            statistic,
            percentile,
            ObjectiveSpec.Comparison.BELOW,
            20.0 * MILLI),
        10 * SECOND,
        recorder.entity(""));
  }

  /** Nineteen fast reads and one slow one in each second from one instant to another. */
  private static void reads(LatencyLane lane, int from, int to, long slow) {
    for (int second = from; second < to; second++) {
      for (int i = 0; i < 20; i++) {
        lane.took(second * SECOND + i * MILLI, i == 0 ? slow : MILLI);
      }
    }
  }

  @Test
  void onlyTheStatisticOfTheObjectiveCounts() {
    LatencyLane p90 = lane(ObjectiveSpec.Statistic.PERCENTILE, 90);
    reads(p90, 0, 40, 50 * MILLI);
    p90.finish(40 * SECOND);
    assertThat(recorder.lane().saturated()).isFalse();
  }

  @Test
  void windowsBeyondTheLimitAreTheSaturatedOnes() {
    LatencyLane p99 = lane(ObjectiveSpec.Statistic.PERCENTILE, 99);
    reads(p99, 0, 20, 10 * MILLI);
    reads(p99, 20, 35, 50 * MILLI);
    reads(p99, 40, 50, 10 * MILLI);
    p99.finish(50 * SECOND);

    Lane lane = recorder.lane();
    assertThat(lane.periods()).containsExactly(new Period(20 * SECOND, 40 * SECOND));
    assertThat(lane.highest()).isBetween(0.0499, 0.0501);
  }

  @Test
  void aWindowInWhichNothingEndedSaysNothing() {
    LatencyLane max = lane(ObjectiveSpec.Statistic.MAX, 0);
    reads(max, 0, 5, 50 * MILLI);
    reads(max, 25, 28, 50 * MILLI);
    max.finish(28 * SECOND);

    assertThat(recorder.lane().periods()).containsExactly(new Period(0, 10 * SECOND));
  }
}
