// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.Runstate;
import org.poolsim.cpu.guest.Burst;
import org.poolsim.cpu.guest.Hog;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

/** Core and socket granularity: what a unit of several vCPUs is. */
class GranularityTest {
  private static final long SECOND = 1_000_000_000L;

  private final Simulator simulator = new Simulator();

  private SchedHost host(
      String scheduler,
      CpuTopology topology,
      SchedulingGranularity granularity,
      TimingParameters timing) {
    SchedHost host =
        new SchedHost(
            simulator, topology, granularity, timing, new RandomStreams(3).stream("timing"));
    host.createPool(null, Schedulers.named(scheduler), SchedulerParameters.defaults());
    return host;
  }

  private SchedHost oneCore(String scheduler, SchedulingGranularity granularity) {
    return host(scheduler, new CpuTopology(1, 1, 2), granularity, TimingParameters.jittered());
  }

  private static SchedDomain hogs(SchedHost host, int domid, int vcpus) {
    SchedDomain domain = host.createDomain(host.poolOf(0), domid, vcpus);
    for (int id = 0; id < vcpus; id++) {
      new Hog(domain.vcpu(id)).start();
    }
    return domain;
  }

  private static double seconds(SchedDomain domain, int vcpu) {
    return domain.vcpu(vcpu).runstateNanos(Runstate.RUNNING) / 1e9;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"credit", "credit-xenserver", "credit2", "credit2-pre421", "rtds", "null"})
  void theThreadsOfACoreNeverRunTwoUnits(String scheduler) {
    RandomStream random = new RandomStreams(11).stream("loads");
    SchedHost host =
        host(
            scheduler,
            new CpuTopology(2, 2, 2),
            SchedulingGranularity.CORE,
            TimingParameters.realistic(1.25));
    for (int domid = 0; domid < 7; domid++) {
      SchedDomain domain = host.createDomain(host.poolOf(0), domid, 1 + domid % 4);
      for (int id = 0; id < domain.vcpus(); id++) {
        if (random.nextInt(4) == 0) {
          new Hog(domain.vcpu(id)).start();
        } else {
          Burst.random(domain.vcpu(id), 2_000_000, 2_000_000, random.nextLong()).start();
        }
      }
    }
    int together = 0;
    for (int step = 0; step < 20_000; step++) {
      simulator.runUntil(simulator.nowNanos() + 50_000);
      for (int core = 0; core < 4; core++) {
        Vcpu one = host.running(2 * core);
        Vcpu other = host.running(2 * core + 1);
        if (one != null && other != null) {
          together++;
          assertThat(one.domain()).isSameAs(other.domain());
          assertThat(one.id() + 1).isEqualTo(other.id());
          assertThat(one.id() % 2).isZero();
        }
      }
    }
    assertThat(together).isPositive();
    host.audit();
  }

  @ParameterizedTest
  @ValueSource(strings = {"credit", "credit2"})
  void theSiblingOfASingleVcpuStaysIdle(String scheduler) {
    SchedHost host = oneCore(scheduler, SchedulingGranularity.CORE);
    SchedDomain first = hogs(host, 1, 1);
    SchedDomain second = hogs(host, 2, 1);
    simulator.runUntil(60 * SECOND);
    assertThat(seconds(first, 0) + seconds(second, 0)).isCloseTo(60, within(0.001));
    assertThat(seconds(first, 0)).isCloseTo(30, within(1.0));
    assertThat(host.idleNanos(1)).isEqualTo(60 * SECOND);
  }

  @Test
  void withGranularityCpuBothThreadsAreUsed() {
    SchedHost host = oneCore("credit", SchedulingGranularity.CPU);
    SchedDomain first = hogs(host, 1, 1);
    SchedDomain second = hogs(host, 2, 1);
    simulator.runUntil(60 * SECOND);
    assertThat(seconds(first, 0) + seconds(second, 0)).isCloseTo(120, within(0.1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"credit", "credit2"})
  void theUnitIsChargedAsAWhole(String scheduler) {
    SchedHost host = oneCore(scheduler, SchedulingGranularity.CORE);
    SchedDomain two = hogs(host, 1, 2);
    SchedDomain one = hogs(host, 2, 1);
    simulator.runUntil(60 * SECOND);
    assertThat(seconds(two, 0)).isCloseTo(30, within(1.0));
    assertThat(seconds(two, 1)).isEqualTo(seconds(two, 0));
    assertThat(seconds(one, 0)).isCloseTo(30, within(1.0));
  }

  @Test
  void theLastUnitOfAnOddDomainWastesAThread() {
    SchedHost host =
        host(
            "credit",
            new CpuTopology(1, 2, 2),
            SchedulingGranularity.CORE,
            TimingParameters.exact());
    SchedDomain three = hogs(host, 1, 3);
    simulator.runUntil(SECOND);
    for (int id = 0; id < 3; id++) {
      assertThat(three.vcpu(id).runstateNanos(Runstate.RUNNING)).isEqualTo(SECOND);
    }
    assertThat(host.idleNanos(3)).isEqualTo(SECOND);
    assertThat(host.idleNanos(0) + host.idleNanos(1) + host.idleNanos(2)).isZero();
  }

  @Test
  void aVcpuOfARunningUnitWakesWithoutADecision() {
    SchedHost host = oneCore("credit", SchedulingGranularity.CORE);
    SchedDomain domain = host.createDomain(host.poolOf(0), 1, 2);
    new Hog(domain.vcpu(0)).start();
    Burst.fixed(domain.vcpu(1), 1_000_000, 4_000_000).start();
    List<Long> waits = new ArrayList<>();
    domain.setWakeObserver((vcpu, nanos) -> waits.add(nanos));
    simulator.runUntil(10 * SECOND);
    assertThat(waits).hasSizeGreaterThan(1900).containsOnly(0L);
    assertThat(domain.vcpu(0).runstateNanos(Runstate.RUNNING)).isEqualTo(10 * SECOND);
    assertThat(seconds(domain, 1)).isCloseTo(2, within(0.05));
    assertThat(domain.vcpu(1).runstateNanos(Runstate.RUNNABLE)).isZero();
  }

  @Test
  void theUnitLeavesItsCoreOnlyWhenAllItsVcpusBlock() {
    SchedHost host = oneCore("credit", SchedulingGranularity.CORE);
    SchedDomain pair = host.createDomain(host.poolOf(0), 1, 2);
    Burst.fixed(pair.vcpu(0), 10_000_000, 1_000_000_000).start();
    Burst.fixed(pair.vcpu(1), 20_000_000, 1_000_000_000).start();
    simulator.runUntil(15_000_000);
    assertThat(host.running(0)).isNull();
    assertThat(host.running(1)).isSameAs(pair.vcpu(1));
    assertThat(pair.vcpu(0).runstate()).isEqualTo(Runstate.BLOCKED);
    simulator.runUntil(25_000_000);
    assertThat(host.running(1)).isNull();
  }

  @Test
  void threadsOfOneUnitShareTheCoresThroughput() {
    SchedHost host =
        host(
            "credit",
            new CpuTopology(1, 1, 2),
            SchedulingGranularity.CORE,
            new TimingParameters(0, 0, 0, 0, 0, 1.25, SECOND));
    SchedDomain domain = host.createDomain(host.poolOf(0), 1, 2);
    List<Long> alone = new ArrayList<>();
    Burst burst = Burst.fixed(domain.vcpu(0), 10_000_000, 10_000_000);
    burst.setObserver(alone::add);
    burst.start();
    simulator.runUntil(15_000_000);
    new Hog(domain.vcpu(1)).start();
    simulator.runUntil(SECOND);
    assertThat(alone.get(0)).isEqualTo(10_000_000);
    assertThat(alone.get(5)).isEqualTo(16_000_000);
  }

  @Test
  void socketGranularityGivesTheWholeSocketToOneUnit() {
    SchedHost host =
        host(
            "credit",
            new CpuTopology(2, 2, 2),
            SchedulingGranularity.SOCKET,
            TimingParameters.jittered());
    hogs(host, 1, 4);
    hogs(host, 2, 1);
    simulator.runUntil(SECOND);
    int first = host.running(0).domain().domid();
    int other = host.running(4).domain().domid();
    assertThat(List.of(first, other)).containsExactlyInAnyOrder(1, 2);
    long idle = 0;
    for (int cpu = 0; cpu < 8; cpu++) {
      idle += host.running(cpu) == null ? 1 : 0;
    }
    assertThat(idle).isEqualTo(3);
  }

  @Test
  void masksAreThoseOfWholeCores() {
    SchedHost host =
        host(
            "credit",
            new CpuTopology(1, 4, 2),
            SchedulingGranularity.CORE,
            TimingParameters.jittered());
    SchedDomain domain = hogs(host, 1, 2);
    BitSet mask = new BitSet();
    mask.set(3, 5);
    domain.vcpu(0).setAffinity(mask, null);
    simulator.runUntil(SECOND);
    assertThat(host.running(4)).isSameAs(domain.vcpu(0));
    assertThat(host.running(5)).isSameAs(domain.vcpu(1));
  }

  @Test
  void aMaskWithoutTheFirstThreadOfAnyCoreIsRefused() {
    SchedHost host = oneCore("credit", SchedulingGranularity.CORE);
    SchedDomain domain = hogs(host, 1, 2);
    BitSet second = new BitSet();
    second.set(1);
    assertThatThrownBy(() -> domain.vcpu(0).setAffinity(second, null))
        .hasMessageContaining("of each 2 the first counts");
    domain.vcpu(0).setAffinity(null, second);
    assertThat(domain.vcpu(0).unit().softAffinityMatters()).isFalse();
  }

  /**
   * Pinned, and whether the soft mask restricts the hard one, are said of threads, not of cores.
   */
  @Test
  void masksAreComparedAsTheyWereSet() {
    SchedHost host =
        host(
            "credit",
            new CpuTopology(2, 3, 2),
            SchedulingGranularity.CORE,
            TimingParameters.exact());
    Vcpu vcpu = host.createDomain(host.poolOf(0), 1, 1).vcpu(0);
    BitSet socket = new BitSet();
    socket.set(6, 12);
    BitSet shifted = new BitSet();
    shifted.set(5, 11);
    vcpu.setAffinity(shifted, socket);
    assertThat(vcpu.unit().hardAffinity()).isEqualTo(vcpu.unit().softAffinity());
    assertThat(vcpu.unit().softAffinityMatters()).isTrue();
    BitSet core = new BitSet();
    core.set(8, 10);
    vcpu.setAffinity(core, null);
    assertThat(vcpu.unit().isPinned()).isFalse();
    core.clear(9);
    vcpu.setAffinity(core, null);
    assertThat(vcpu.unit().isPinned()).isTrue();
  }

  @Test
  void aPoolHasWholeCores() {
    SchedHost host =
        new SchedHost(
            simulator,
            new CpuTopology(1, 2, 2),
            SchedulingGranularity.CORE,
            TimingParameters.exact(),
            new RandomStreams(3).stream("timing"));
    BitSet three = new BitSet();
    three.set(0, 3);
    SchedulerProvider credit = Schedulers.named("credit");
    SchedulerParameters defaults = SchedulerParameters.defaults();
    assertThatThrownBy(() -> host.createPool(three, credit, defaults))
        .hasMessageContaining("whole groups of 2");
  }
}
