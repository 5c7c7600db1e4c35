// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolsim.pool.Scenes.SECOND;

import org.junit.jupiter.api.Test;
import org.poolsim.pool.spec.ObjectiveSpec;
import org.poolsim.pool.spec.ObjectiveSpec.Comparison;
import org.poolsim.pool.spec.ObjectiveSpec.Statistic;
import org.poolsim.pool.spec.SaturationSpec;

class SaturationTest {
  @Test
  void onlyStretchesOfTenSecondsCount() {
    Saturation saturation = new Saturation(SaturationSpec.DEFAULT);
    Saturation.Watch watch = saturation.watch(SaturatedResource.DOM0_CPU, "host-1");
    double[] levels = {0.5, 0.95, 0.2, 0.9, 0.99, 0.92, 0.1, 0.9, 0.9};
    for (int i = 0; i < levels.length; i++) {
      watch.held(5L * i * SECOND, 5L * (i + 1) * SECOND, levels[i]);
    }

    Saturation.Finding finding = saturation.findings().get(0);
    assertThat(finding.firstNanos()).isEqualTo(15 * SECOND);
    assertThat(finding.untilNanos()).isEqualTo(45 * SECOND);
    assertThat(finding.totalNanos()).isEqualTo(25 * SECOND);
    assertThat(finding.highest()).isEqualTo(0.99);
    assertThat(finding.highestAtNanos()).isEqualTo(20 * SECOND);
  }

  @Test
  void saturatedOnesComeFirstThenTheNearest() {
    Saturation saturation = new Saturation(SaturationSpec.DEFAULT);
    saturation.watch(SaturatedResource.GUEST_CPU, "a").held(0, 20 * SECOND, 0.3);
    saturation.watch(SaturatedResource.LINK, "b").held(0, 20 * SECOND, 0.8);
    saturation.watch(SaturatedResource.MEMORY, "c").held(20 * SECOND, 40 * SECOND, 0.99);
    saturation.watch(SaturatedResource.ARRAY_QUEUE, "d").held(0, 20 * SECOND, 1);

    assertThat(saturation.findings())
        .extracting(Saturation.Finding::entity)
        .containsExactly("d", "c", "b", "a");
  }

  @Test
  void objectivesSayWhatIsSpare() {
    ObjectiveSpec below =
        new ObjectiveSpec("vm.boot_time", null, Statistic.PERCENTILE, 95, Comparison.BELOW, 90e9);
    ObjectiveSpec above =
        new ObjectiveSpec("vm.cpu_usage", null, Statistic.MEAN, 0, Comparison.ABOVE, 0.5);

    assertThat(new ObjectiveOutcome(below, MetricDefinition.BOOT_TIME, 1, 117.9e9).spare())
        .isEqualTo(-0.31, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(new ObjectiveOutcome(below, MetricDefinition.BOOT_TIME, 1, 117.9e9).verdict())
        .isEqualTo(ObjectiveOutcome.Verdict.MISSED);
    assertThat(new ObjectiveOutcome(below, MetricDefinition.BOOT_TIME, 1, 90e9).verdict())
        .isEqualTo(ObjectiveOutcome.Verdict.MET);
    assertThat(new ObjectiveOutcome(above, MetricDefinition.CPU_USAGE, 1, 0.6).verdict())
        .isEqualTo(ObjectiveOutcome.Verdict.MET);
    assertThat(new ObjectiveOutcome(above, MetricDefinition.CPU_USAGE, 0, Double.NaN).verdict())
        .isEqualTo(ObjectiveOutcome.Verdict.NOT_MEASURED);
  }

  @Test
  void patternsMatchNames() {
    assertThat(MetricSeries.matches("desktop-*", "desktop-17")).isTrue();
    assertThat(MetricSeries.matches("*-17", "desktop-17")).isTrue();
    assertThat(MetricSeries.matches("d*p-*7", "desktop-17")).isTrue();
    assertThat(MetricSeries.matches("desktop", "desktop-17")).isFalse();
    assertThat(MetricSeries.matches("desktop-*", "server-1")).isFalse();
  }
}
