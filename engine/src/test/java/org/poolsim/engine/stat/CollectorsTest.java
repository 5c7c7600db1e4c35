// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class CollectorsTest {
  @Test
  void aTallyKeepsItsPrecisionFarFromZero() {
    // NIST StRD NumAcc4: mean 10000000.2, standard deviation 0.1 exactly.
    Tally tally = new Tally();
    tally.add(10000000.2);
    for (int i = 0; i < 500; i++) {
      tally.add(10000000.1);
      tally.add(10000000.3);
    }
    assertThat(tally.count()).isEqualTo(1001);
    assertThat(tally.mean()).isCloseTo(10000000.2, within(1e-8));
    assertThat(tally.standardDeviation()).isCloseTo(0.1, within(1e-8));
    assertThat(tally.min()).isEqualTo(10000000.1);
    assertThat(tally.max()).isEqualTo(10000000.3);
  }

  @Property
  void mergedTalliesEqualOneTallyOfAll(
      @ForAll @Size(max = 30) List<@DoubleRange(min = -1e6, max = 1e6) Double> left,
      @ForAll @Size(min = 2, max = 30) List<@DoubleRange(min = -1e6, max = 1e6) Double> right) {
    SummaryStatistics all = new SummaryStatistics();
    Tally a = new Tally();
    Tally b = new Tally();
    left.forEach(a::add);
    right.forEach(b::add);
    left.forEach(all::addValue);
    right.forEach(all::addValue);
    a.merge(b);
    assertThat(a.count()).isEqualTo(all.getN());
    assertThat(a.mean()).isCloseTo(all.getMean(), within(1e-6));
    assertThat(a.variance()).isCloseTo(all.getVariance(), within(1e-2));
    assertThat(a.min()).isEqualTo(all.getMin());
    assertThat(a.max()).isEqualTo(all.getMax());
  }

  @Test
  void anEmptyTallySaysSo() {
    Tally tally = new Tally();
    tally.add(3);
    tally.reset();
    assertThat(tally.mean()).isNaN();
    assertThat(tally.variance()).isNaN();
    assertThat(tally.count()).isZero();
  }

  @Test
  void aLevelIsAveragedOverTime() {
    TimeWeighted queue = new TimeWeighted(100, 0);
    queue.set(110, 2);
    queue.add(130, 1);
    assertThat(queue.average(140)).isEqualTo((2 * 20 + 3 * 10) / 40.0);
    assertThat(queue.integral(140)).isEqualTo(70);
    queue.restart(140);
    queue.add(150, -3);
    assertThat(queue.average(160)).isEqualTo(1.5);
    assertThat(queue.max()).isEqualTo(3);
    assertThat(queue.min()).isZero();
    assertThatThrownBy(() -> queue.set(159, 1)).hasMessageContaining("goes back");
  }

  @Property(tries = 200)
  void percentilesAreWithinTheStatedPrecision(
      @ForAll @Size(min = 1, max = 200)
          List<@LongRange(min = 1_000_000, max = 10_000_000_000L) Long> nanos,
      @ForAll @DoubleRange(min = 0.1, max = 100) double percent) {
    LatencyHistogram histogram = new LatencyHistogram();
    nanos.forEach(histogram::record);
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    int rank = (int) Math.max(1, Math.ceil(percent / 100 * sorted.length - 1e-9));
    assertThat((double) histogram.percentileNanos(percent) / sorted[rank - 1])
        .isCloseTo(1, within(0.001));
    assertThat(histogram.maxNanos()).isEqualTo(sorted[sorted.length - 1]);
    assertThat(histogram.minNanos()).isEqualTo(sorted[0]);
  }

  @Test
  void latenciesBeyondTheRangeAreCountedAtItsTop() {
    LatencyHistogram narrow = new LatencyHistogram(1_000, 1_000_000, 3);
    narrow.record(500_000);
    narrow.record(90_000_000);
    assertThat(narrow.beyondRange()).isEqualTo(1);
    assertThat(narrow.mean()).isEqualTo(45_250_000);
    assertThat((double) narrow.percentileNanos(100)).isCloseTo(1e6, within(0.1e6));

    LatencyHistogram wide = new LatencyHistogram();
    wide.record(2_000_000);
    wide.record(700_000);
    narrow.merge(wide);
    assertThat(narrow.count()).isEqualTo(4);
    assertThat(narrow.beyondRange()).isEqualTo(2);
    assertThat((double) narrow.percentileNanos(50)).isCloseTo(700_000, within(700.0));
    assertThat(narrow.maxNanos()).isEqualTo(90_000_000);
  }

  @Test
  void mergingHistogramsEqualsRecordingAllInOne() {
    LatencyHistogram all = new LatencyHistogram();
    LatencyHistogram left = new LatencyHistogram();
    LatencyHistogram right = new LatencyHistogram();
    for (int i = 1; i <= 1000; i++) {
      all.record(i * 1_000_000L);
      (i % 3 == 0 ? left : right).record(i * 1_000_000L);
    }
    left.merge(right);
    assertThat(left.toHistogram()).isEqualTo(all.toHistogram());
    assertThat(left.mean()).isCloseTo(all.mean(), within(1e-3));
  }
}
