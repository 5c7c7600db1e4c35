// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.poolsim.pool.Scenes.MILLI;
import static org.poolsim.pool.Scenes.SECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolsim.pool.spec.VmSpec;

class QueueingLawsTest {
  private static final long SECONDS = 5_000;

  /** The operational laws hold for a closed loop whatever the load. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 20, 60})
  void responseTimeAndUtilisationLaw(int clients) {
    VmSpec vm =
        Scenes.vm("web")
            .workloads(Scenes.closed("page", clients, SECOND, Scenes.cpu(50 * MILLI)))
            .build();
    Pool pool = Scenes.run(Scenes.pool(List.of(Scenes.host("host-1", 4)), List.of(vm)), SECONDS);

    MetricSeries.Values response = pool.metrics().responseTime().values();
    double perSecond = response.count() / (double) SECONDS;
    double responseSeconds = response.mean() / SECOND;
    // N = X (R + Z)
    assertThat(perSecond * (responseSeconds + 1)).isCloseTo(clients, within(0.03 * clients));
    // U = X S
    double usage = pool.metrics().get(MetricDefinition.CPU_USAGE).values().mean();
    assertThat(usage).isCloseTo(perSecond * 0.050, within(0.03));
  }

  /** One processor-sharing vCPU under N thinking clients is the machine-repair queue. */
  @Test
  void meanResponseIsThatOfTheMachineRepairQueue() {
    int clients = 20;
    VmSpec vm =
        Scenes.vm("web")
            .workloads(Scenes.closed("page", clients, SECOND, Scenes.cpu(50 * MILLI)))
            .build();
    Pool pool =
        Scenes.run(Scenes.pool(List.of(Scenes.host("host-1", 4)), List.of(vm)), 4 * SECONDS);

    // Mean value analysis, exact: R(n) = S (1 + Q(n - 1)).
    double queue = 0;
    double expected = 0;
    for (int n = 1; n <= clients; n++) {
      expected = 0.050 * (1 + queue);
      queue = n / (expected + 1) * expected;
    }
    assertThat(pool.metrics().responseTime().values().mean() / SECOND)
        .isCloseTo(expected, within(0.03 * expected));
  }

  /** An open Poisson stream on a processor-sharing vCPU: R = S / (1 - rho). */
  @Test
  void openLoadAtHalfUtilisationDoublesTheServiceTime() {
    VmSpec vm =
        Scenes.vm("web").workloads(Loads.poisson("page", 10, Scenes.cpu(50 * MILLI))).build();
    Pool pool =
        Scenes.run(Scenes.pool(List.of(Scenes.host("host-1", 4)), List.of(vm)), 4 * SECONDS);

    assertThat(pool.metrics().responseTime().values().mean())
        .isCloseTo(100 * MILLI, within(4 * MILLI));
    assertThat(pool.metrics().refusedRequests()).isZero();
  }

  @Test
  void windowsAddUpToTheTimeOfTheRun() {
    VmSpec vm =
        Scenes.vm("web")
            .workloads(Scenes.closed("page", 5, SECOND, Scenes.cpu(50 * MILLI)))
            .build();
    Pool pool = Scenes.run(Scenes.pool(List.of(Scenes.host("host-1", 4)), List.of(vm)), 1_005);

    double usedSeconds = pool.vm("web").domain().runningNanos(0) / (double) SECOND;
    MetricSeries.Values usage = pool.metrics().get(MetricDefinition.CPU_USAGE).values();
    // A hundred whole windows and half of one.
    assertThat(usage.count()).isEqualTo(101);
    assertThat(usage.mean() * 101 * 10).isCloseTo(usedSeconds, within(5.0));
    assertThat(pool.metrics().get(MetricDefinition.CPU_WAIT).values().max()).isZero();
  }
}
