// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.poolsim.pool.Scenes.MILLI;
import static org.poolsim.pool.Scenes.SECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.data.DataSources;
import org.poolsim.pool.spec.Fidelity;
import org.poolsim.pool.spec.FidelitySpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.VmSpec;

class FidelityTest {
  /** The same scenario with one word changed means the same where the model is exact in both. */
  @Test
  void uncontendedServerAnswersAlikeInBothFidelities() {
    MetricSeries.Values fluid = responses(Fidelity.FLUID);
    MetricSeries.Values detailed = responses(Fidelity.DETAILED);

    assertThat((double) detailed.count())
        .isCloseTo((double) fluid.count(), within(0.02 * fluid.count()));
    assertThat(detailed.mean()).isCloseTo(fluid.mean(), within(0.05 * fluid.mean()));
  }

  private static MetricSeries.Values responses(Fidelity cpu) {
    FidelitySpec fidelity = new FidelitySpec(cpu, Fidelity.FLUID, Fidelity.FLUID, Fidelity.FLUID);
    HostSpec host = Scenes.withDom0(Scenes.host("host-1", 4), 4).with(fidelity);
    VmSpec vm =
        Scenes.vm("web")
            .workloads(Scenes.closed("page", 8, SECOND, Scenes.cpu(50 * MILLI), Scenes.read(4096)))
            .build();
    Pool pool =
        new Pool(
            new RunSpec(Scenes.pool(List.of(host), List.of(vm)), 3, 100 * SECOND),
            0,
            CpuFactory.AS_SPECIFIED,
            new DataSources(),
            PoolObserver.NOBODY);
    pool.simulator().audit(event -> pool.audit());
    pool.run();
    return pool.metrics().responseTime().values();
  }
}
