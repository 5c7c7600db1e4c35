// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.poolsim.pool.Scenes.GIB;
import static org.poolsim.pool.Scenes.MILLI;
import static org.poolsim.pool.Scenes.SECOND;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.pool.spec.ArraySpec;
import org.poolsim.pool.spec.Fidelity;
import org.poolsim.pool.spec.FidelitySpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.MemorySpec;
import org.poolsim.pool.spec.PoolSpec;
import org.poolsim.pool.spec.PowerState;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.StartSpec;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.pool.spec.WorkloadSpec;
import org.poolsim.storage.DeviceParameters;
import org.poolsim.storage.RaidLevel;

/** Saturation begins and ends when the level does, not with a window of 10 s. */
class ExactSaturationTest {
  private static Saturation.Finding finding(Pool pool, SaturatedResource resource) {
    return pool.saturation().findings().stream()
        .filter(finding -> finding.resource() == resource)
        .findFirst()
        .orElseThrow();
  }

  private static VmSpec.Builder busyFromThe33rdToThe66thSecond() {
    return Scenes.vm("vm")
        .vcpus(4)
        .workloads(new WorkloadSpec.Profile("day", 4, List.of(0.2, 0.95, 0.2), 99 * SECOND, 0));
  }

  @Test
  void theCpusOfAFluidHostAreSaturatedToTheInstant() {
    HostSpec host = Scenes.host("host-1", 4);
    Pool pool =
        Scenes.run(
            Scenes.pool(List.of(host), List.of(busyFromThe33rdToThe66thSecond().build())), 99);

    Saturation.Finding finding = finding(pool, SaturatedResource.GUEST_CPU);
    assertThat(finding.firstNanos()).isEqualTo(33 * SECOND);
    assertThat(finding.untilNanos()).isEqualTo(66 * SECOND);
    assertThat(finding.totalNanos()).isEqualTo(33 * SECOND);
  }

  @Test
  void theCpusOfADetailedHostAreSaturatedToTheWindow() {
    FidelitySpec detailed =
        new FidelitySpec(Fidelity.DETAILED, Fidelity.FLUID, Fidelity.FLUID, Fidelity.FLUID);
    HostSpec host = Scenes.host("host-1", 4).with(detailed);
    Pool pool =
        new Pool(
            new RunSpec(
                Scenes.pool(List.of(host), List.of(busyFromThe33rdToThe66thSecond().build())),
                42,
                99 * SECOND),
            0,
            CpuFactory.AS_SPECIFIED,
            new DataSources(),
            PoolObserver.NOBODY);
    pool.run();

    Saturation.Finding finding = finding(pool, SaturatedResource.GUEST_CPU);
    assertThat(finding.firstNanos()).isEqualTo(40 * SECOND);
    assertThat(finding.untilNanos()).isEqualTo(60 * SECOND);
  }

  @Test
  void memoryIsSaturatedFromTheInstantThatTheDomainHasItOn() {
    HostSpec host = Scenes.host("host-1", 4);
    VmSpec vm =
        Scenes.vm("large")
            .memory(MemorySpec.fixed(57 * GIB))
            .powerState(PowerState.HALTED)
            .start(new StartSpec(37_123_456_789L, 0))
            .build();
    PoolSpec spec = Scenes.pool(List.of(host), List.of(vm));
    Pool pool = Scenes.run(spec, 99);

    Saturation.Finding finding = finding(pool, SaturatedResource.MEMORY);
    // Three looks of squeezed at the host for the reservation, one more call for its transfer.
    long squeezed = 4 * 2_000_000L;
    assertThat(finding.firstNanos())
        .isEqualTo(
            37_123_456_789L
                + spec.startCosts().placementNanos()
                + squeezed
                + spec.startCosts().createNanos()
                + pool.host("host-1").storeCpuNanos());
    assertThat(finding.untilNanos()).isEqualTo(99 * SECOND);
    // The level that saturates is the one that host.memory_needed shows, to a millionth.
    assertThat(finding.highest())
        .isEqualTo(pool.metrics().get(MetricDefinition.MEMORY_NEEDED).values().max(), within(1e-6));
  }

  @Test
  void memoryThatBalloonsCanGiveBackDoesNotSaturateAndPagesToBeScrubbedDo() {
    HostSpec host = Scenes.host("host-1", 4);
    VmSpec elastic = Scenes.vm("elastic").memory(MemorySpec.dynamic(4 * GIB, 57 * GIB)).build();
    VmSpec fixed = Scenes.vm("fixed").memory(MemorySpec.fixed(57 * GIB)).build();
    Pool ballooning = Scenes.run(Scenes.pool(List.of(host), List.of(elastic)), 60);
    assertThat(ballooning.metrics().get(MetricDefinition.MEMORY_USED).values().max())
        .isGreaterThan(0.95);
    assertThat(finding(ballooning, SaturatedResource.MEMORY).totalNanos()).isZero();
    assertThat(finding(ballooning, SaturatedResource.MEMORY).highest()).isLessThan(0.2);

    Pool dying = Scenes.assemble(Scenes.pool(List.of(host), List.of(fixed)), 60);
    dying
        .simulator()
        .schedule(
            new Event() {
              @Override
              protected void fire() {
                dying.vm("fixed").crash("died");
              }
            },
            33 * SECOND);
    dying.run();

    // 57 GiB and the overhead at 6 GB/s.
    double scrubbing =
        (finding(dying, SaturatedResource.MEMORY).untilNanos() - 33.0 * SECOND) / SECOND;
    assertThat(scrubbing).isBetween(10.2, 10.4);
    assertThat(finding(dying, SaturatedResource.MEMORY).highest())
        .isEqualTo(
            dying.metrics().get(MetricDefinition.MEMORY_NEEDED).values().max(), within(1e-6));
  }

  @Test
  void aDom0ThatIsHandedOneRequestAfterTheOtherIsSaturatedWithinASecond() {
    HostSpec host = Scenes.withDom0(Scenes.host("host-1", 8), 1);
    List<VmSpec> vms = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      vms.add(
          Scenes.vm("vm-" + i)
              .workloads(Scenes.closed("reader", 32, MILLI, Scenes.read(4096)))
              .build());
    }
    Pool pool = Scenes.run(Scenes.pool(List.of(host), vms), 30);

    Saturation.Finding finding = finding(pool, SaturatedResource.DOM0_CPU);
    assertThat(finding.firstNanos()).isZero();
    assertThat(finding.untilNanos()).isEqualTo(30 * SECOND);
    assertThat(finding.highest()).isGreaterThan(0.99);
  }

  @Test
  void aFullQueueIsSaturatedUntilItsLoadEnds() {
    ArraySpec array =
        new ArraySpec(
            "san",
            1,
            DeviceParameters.classes().get("hdd-7200"),
            RaidLevel.RAID0,
            25_000_000_000L,
            12_000,
            4);
    VmSpec vm =
        Scenes.vm("vm").workloads(Scenes.closed("reader", 32, MILLI, Scenes.read(4096))).build();
    RunSpec run =
        new RunSpec(
            Scenes.pool(List.of(Scenes.host("host-1", 8)), List.of(vm), array), 42, 60 * SECOND);
    Pool pool = Scenes.assemble(run);
    pool.simulator()
        .schedule(
            new Event() {
              @Override
              protected void fire() {
                pool.vm("vm").crash("stopped");
              }
            },
            23_456_000_000L);
    pool.run();

    Saturation.Finding finding = finding(pool, SaturatedResource.ARRAY_QUEUE);
    assertThat(finding.firstNanos()).isLessThan(SECOND);
    // What the VM has asked for is answered still, 80 requests a second.
    assertThat(finding.untilNanos()).isBetween(23_456_000_001L, 23_956_000_000L);
  }

  @Test
  void aLevelThatStandsIsPassedOnFromChangeToChangeAndAFlickerAsItsMean() {
    Simulator simulator = new Simulator();
    List<String> passed = new ArrayList<>();
    StandingLevel level =
        new StandingLevel(simulator, SECOND) {
          @Override
          void pass(long fromNanos, long toNanos) {
            passed.add(fromNanos / (SECOND / 10) + ".." + toNanos / (SECOND / 10));
          }
        };
    for (long tenths : new long[] {25, 27, 28, 29, 60, 75}) {
      simulator.schedule(
          new Event() {
            @Override
            protected void fire() {
              level.changed();
            }
          },
          tenths * SECOND / 10);
    }
    simulator.runUntil(9 * SECOND);
    level.end();

    assertThat(passed).containsExactly("0..25", "25..35", "35..60", "60..75", "75..90");
  }
}
