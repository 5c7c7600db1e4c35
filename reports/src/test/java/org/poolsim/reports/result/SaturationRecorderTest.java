// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a resource was saturated. */
class SaturationRecorderTest {
  private static final long SECOND = 1_000_000_000L;

  private final SaturationRecorder recorder =
      new SaturationRecorder(
          "dom0 CPU",
          Unit.FRACTION,
          0.9,
          "90 % for at least 10 s",
          SaturationRecorder.MINIMUM_NANOS);

  private static void held(Course course, long from, long to, double value) {
    course.held(from * SECOND, to * SECOND, value);
  }

  @Test
  void countsOnlyStretchesOfAtLeastTenSecondsAtOrAboveTheThreshold() {
    Course host = recorder.entity("host-1");
    held(host, 0, 9, 0.95);
    held(host, 9, 20, 0.2);
    held(host, 20, 25, 0.9);
    held(host, 25, 30, 0.99);
    held(host, 30, 40, 0.1);
    Lane lane = recorder.lane();
    assertThat(lane.periods()).containsExactly(new Period(20 * SECOND, 30 * SECOND));
    assertThat(lane.totalNanos()).isEqualTo(10 * SECOND);
    assertThat(lane.highest()).isEqualTo(0.99);
    assertThat(lane.highestAtNanos()).isEqualTo(25 * SECOND);
  }

  @Test
  void unitesTheEntitiesAndNamesTheFirst() {
    Course first = recorder.entity("host-1");
    Course second = recorder.entity("host-2");
    held(first, 100, 130, 1);
    held(second, 50, 110, 0.92);
    held(second, 110, 300, 0);
    held(second, 300, 320, 1);
    Lane lane = recorder.lane();
    assertThat(lane.entity()).isEqualTo("host-2");
    assertThat(lane.allOverFromNanos()).hasValue(100 * SECOND);
    assertThat(lane.periods())
        .containsExactly(
            new Period(50 * SECOND, 130 * SECOND), new Period(300 * SECOND, 320 * SECOND));
  }

  @Test
  void aPeriodThatNeverEndedIsCounted() {
    held(recorder.entity("host-1"), 0, 15, 1);
    assertThat(recorder.lane().saturated()).isTrue();
  }

  @Test
  void isQuietBelowFourFifthsOfTheThresholdAndNamesTheHighest() {
    held(recorder.entity("host-1"), 0, 15, 0.5);
    held(recorder.entity("host-2"), 0, 15, 0.6);
    Lane lane = recorder.lane();
    assertThat(lane.quiet()).isTrue();
    assertThat(lane.entity()).isEqualTo("host-2");
    assertThat(lane.allOverFromNanos()).isEmpty();
  }
}
