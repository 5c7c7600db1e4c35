// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.poolsim.pool.Scenes.MILLI;
import static org.poolsim.pool.Scenes.SECOND;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.VmSpec;

class ContentionTest {
  private static final HostSpec HOST = Scenes.withDom0(Scenes.host("host-1", 4), 4);

  private static VmSpec.Builder server(String name) {
    return Scenes.vm(name).workloads(Scenes.closed("page", 10, SECOND, Scenes.cpu(30 * MILLI)));
  }

  private static double response(Pool pool, String vm) {
    return pool.metrics().responseTime().valuesOf(vm).mean();
  }

  /** The same server beside 16 vCPUs that never rest: latency, not only utilisation. */
  @Test
  void saturatedHostShowsLatency() {
    Pool alone = Scenes.run(Scenes.pool(List.of(HOST), List.of(server("web").build())), 500);

    List<VmSpec> vms = new ArrayList<>(List.of(server("web").build()));
    for (int i = 0; i < 16; i++) {
      vms.add(VmSpec.named("hog-" + i).workloads(Loads.hog(1)).build());
    }
    Pool crowded = Scenes.run(Scenes.pool(List.of(HOST), vms), 500);

    assertThat(response(crowded, "web")).isGreaterThan(2 * response(alone, "web"));
    assertThat(crowded.metrics().get(MetricDefinition.CPU_WAIT).valuesOf("web").mean())
        .isGreaterThan(0.1);
    assertThat(crowded.metrics().get(MetricDefinition.HOST_CPU).values().mean())
        .isCloseTo(1, within(0.01));
    Saturation.Finding first = crowded.saturation().findings().get(0);
    assertThat(first.resource()).isEqualTo(SaturatedResource.GUEST_CPU);
    assertThat(first.entity()).isEqualTo("host-1");
    assertThat(first.firstNanos()).isZero();
    assertThat(first.totalNanos()).isEqualTo(500 * SECOND);
    assertThat(alone.saturation().findings()).noneMatch(Saturation.Finding::isSaturated);
  }

  /** A neighbour with 12 busy vCPUs on 4 pCPUs hurts; capped to one pCPU it does not. */
  @Test
  void capTamesTheNoisyNeighbour() {
    VmSpec.Builder noisy = VmSpec.named("noisy").vcpus(12).workloads(Loads.hog(1));
    Pool uncapped =
        Scenes.run(Scenes.pool(List.of(HOST), List.of(server("web").build(), noisy.build())), 500);
    Pool capped =
        Scenes.run(
            Scenes.pool(
                List.of(HOST), List.of(server("web").build(), noisy.capPercent(100).build())),
            500);
    Pool alone = Scenes.run(Scenes.pool(List.of(HOST), List.of(server("web").build())), 500);

    assertThat(response(capped, "web")).isCloseTo(response(alone, "web"), within(2 * MILLI));
    assertThat(response(uncapped, "web")).isGreaterThan(1.2 * response(capped, "web"));
    assertThat(capped.metrics().get(MetricDefinition.CPU_USAGE).valuesOf("noisy").mean())
        .isCloseTo(1 / 12.0, within(0.005));
  }

  /** 16 guests that read as fast as they can: with one dom0 vCPU they share what one can serve. */
  @Test
  void fewDom0VcpusThrottleTheGuestsDisks() {
    List<VmSpec> vms = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      vms.add(
          Scenes.vm("db-" + i)
              .workloads(Scenes.closed("read", 4, 100_000, Scenes.read(4096)))
              .build());
    }
    HostSpec host = Scenes.host("host-1", 32);
    Pool narrow = Scenes.run(Scenes.pool(List.of(Scenes.withDom0(host, 1)), vms), 2);
    Pool wide = Scenes.run(Scenes.pool(List.of(Scenes.withDom0(host, 16)), vms), 2);

    // A 4-KiB read over NFS takes 6 + 12 + 1.5 us to issue and 4 + 1 + 0.25 us to complete.
    double most = 2 / 24.75e-6;
    long served = narrow.arrays().get(0).served();
    assertThat((double) served).isBetween(0.97 * most, 1.001 * most);
    assertThat(narrow.metrics().get(MetricDefinition.DOM0_CPU).values().mean())
        .isCloseTo(1, within(0.01));
    assertThat(wide.arrays().get(0).served()).isGreaterThan(5 * served);
    assertThat(wide.metrics().readLatency().values().mean())
        .isLessThan(0.5 * narrow.metrics().readLatency().values().mean());
  }

  @Test
  void messagesShareTheLink() {
    List<VmSpec> vms = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      vms.add(
          Scenes.vm("ftp-" + i)
              .workloads(Scenes.closed("file", 1, 1, Steps.send(1 << 24)))
              .build());
    }
    Pool pool = Scenes.run(Scenes.pool(List.of(Scenes.host("host-1", 16)), vms), 20);

    // 10 Gbit/s less 6.2 % for headers, preamble and gap.
    double most = 20 * 1.25e9 * 1448 / 1538 / (1 << 24);
    assertThat((double) pool.metrics().responseTime().values().count())
        .isBetween(0.97 * most, most);
    assertThat(pool.metrics().get(MetricDefinition.LINK_UTILISATION).values().mean())
        .isGreaterThan(0.97);
    assertThat(pool.saturation().findings().get(0).resource()).isEqualTo(SaturatedResource.LINK);
  }
}
