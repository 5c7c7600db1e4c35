// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/**
 * Columns: lowest, highest and time-weighted mean, aligned to time 0, merged in pairs when full.
 */
class ColumnsRecorderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long STEP = 5 * SECOND;

  @Test
  void keepsLowestHighestAndTimeWeightedMean() {
    ColumnsRecorder recorder = new ColumnsRecorder(STEP, 4);
    recorder.held(0, SECOND, 10);
    recorder.held(SECOND, 5 * SECOND, 20);
    recorder.held(5 * SECOND, 10 * SECOND, 1);
    Columns columns = recorder.columns(10 * SECOND);
    assertThat(columns.count()).isEqualTo(2);
    assertThat(columns.min(0)).isEqualTo(10);
    assertThat(columns.max(0)).isEqualTo(20);
    assertThat(columns.mean(0)).isEqualTo(18);
    assertThat(columns.mean(1)).isEqualTo(1);
    assertThat(columns.partUnknown(0)).isFalse();
  }

  @Test
  void aConstantValueCostsNoArrays() {
    ColumnsRecorder recorder = new ColumnsRecorder(STEP, 720);
    for (int i = 0; i < 100_000; i++) {
      recorder.held(i * STEP, (i + 1) * STEP, 7);
    }
    Columns columns = recorder.columns(100_000 * STEP);
    assertThat(columns.isConstant()).isTrue();
    assertThat(columns.mean(0)).isEqualTo(7);
    assertThat(columns.count()).isLessThanOrEqualTo(720);
  }

  @Test
  void neverLosesAPeakOfOneStepHoweverOftenItMerges() {
    ColumnsRecorder recorder = new ColumnsRecorder(STEP, 8);
    recorder.held(0, 3 * STEP, 1);
    recorder.held(3 * STEP, 4 * STEP, 99);
    recorder.held(4 * STEP, 1000 * STEP, 1);
    Columns columns = recorder.columns(1000 * STEP);
    assertThat(columns.count()).isLessThanOrEqualTo(8);
    assertThat(columns.max(0)).isEqualTo(99);
    assertThat(columns.columnNanos() % STEP).isZero();
    assertThat(columns.highestColumn()).isZero();
  }

  @Test
  void saysWhatIsUnknownInsteadOfDrawingZero() {
    ColumnsRecorder recorder = new ColumnsRecorder(STEP, 8);
    recorder.held(0, STEP, 1);
    recorder.held(STEP, 2 * STEP, Double.NaN);
    recorder.held(2 * STEP + SECOND, 3 * STEP, 3);
    Columns columns = recorder.columns(4 * STEP);
    assertThat(columns.mean(1)).isNaN();
    assertThat(columns.mean(3)).isNaN();
    assertThat(columns.mean(2)).isEqualTo(3);
    assertThat(columns.partUnknown(0)).isFalse();
    assertThat(columns.partUnknown(1)).isTrue();
    assertThat(columns.partUnknown(2)).isTrue();
  }

  @Test
  void bringsSeriesOfDifferentWidthsTogether() {
    Columns tens = Columns.ofMeans(2 * STEP, new double[] {1, 2, 3});
    Columns fifteens = Columns.ofMeans(3 * STEP, new double[] {4, 0});
    Columns highest = Columns.highest(List.of(tens, fifteens));
    assertThat(highest.columnNanos()).isEqualTo(6 * STEP);
    assertThat(highest.count()).isEqualTo(1);
    assertThat(highest.max(0)).isEqualTo(4);
    assertThat(highest.min(0)).isEqualTo(1);
  }

  @Test
  void choosesTheNarrowestWidthOfWholeSteps() {
    assertThat(ColumnsRecorder.widthFor(7200 * SECOND, STEP, 720)).isEqualTo(10 * SECOND);
    assertThat(ColumnsRecorder.widthFor(60 * SECOND, STEP, 720)).isEqualTo(STEP);
    assertThat(ColumnsRecorder.widthFor(86400 * SECOND, STEP, 720)).isEqualTo(120 * SECOND);
  }

  @Property(tries = 200)
  void agreesWithAStepByStepReference(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 0, max = 4) Integer> values,
      @ForAll @IntRange(min = 1, max = 10) int halfCapacity) {
    ColumnsRecorder recorder = new ColumnsRecorder(STEP, 2 * halfCapacity);
    for (int i = 0; i < values.size(); i++) {
      recorder.held(i * STEP, (i + 1) * STEP, values.get(i));
    }
    Columns columns = recorder.columns(values.size() * STEP);
    int perColumn = (int) (columns.columnNanos() / STEP);
    assertThat(columns.count()).isLessThanOrEqualTo(2 * halfCapacity);
    for (int column = 0; column < columns.count(); column++) {
      List<Integer> part =
          values.subList(column * perColumn, Math.min(values.size(), (column + 1) * perColumn));
      assertThat(columns.min(column)).isEqualTo(part.stream().mapToInt(v -> v).min().orElseThrow());
      assertThat(columns.max(column)).isEqualTo(part.stream().mapToInt(v -> v).max().orElseThrow());
      assertThat((double) columns.mean(column))
          .isCloseTo(part.stream().mapToInt(v -> v).average().orElseThrow(), within(1e-5));
    }
  }
}
