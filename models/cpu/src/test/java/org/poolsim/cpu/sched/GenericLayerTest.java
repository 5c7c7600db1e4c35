// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.Runstate;
import org.poolsim.cpu.guest.Hog;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStreams;

/** Schedule, wake, block, pause, migrate and runstates, under every policy alike. */
class GenericLayerTest {
  private static final long MILLISECOND = 1_000_000L;

  private final Simulator simulator = new Simulator();

  private SchedHost host(String scheduler, int pcpus, TimingParameters timing) {
    return host(simulator, scheduler, pcpus, timing);
  }

  static SchedHost host(Simulator simulator, String scheduler, int pcpus, TimingParameters timing) {
    return SchedHost.withOnePool(
        simulator,
        CpuTopology.flat(pcpus),
        timing,
        new RandomStreams(2).stream("timing"),
        scheduler,
        SchedulerParameters.defaults());
  }

  private static BitSet mask(int... cpus) {
    BitSet mask = new BitSet();
    for (int cpu : cpus) {
      mask.set(cpu);
    }
    return mask;
  }

  private void atMillis(long millis) {
    simulator.runUntil(millis * MILLISECOND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"credit", "credit-xenserver", "credit2", "credit2-pre421", "rtds", "null"})
  void aVcpuIsOfflineUntilItsFirstWakeAndBlockedAfterItsWork(String scheduler) {
    SchedHost host = host(scheduler, 2, TimingParameters.exact());
    Vcpu vcpu = host.createDomain(host.poolOf(0), 1, 1).vcpu(0);
    vcpu.setProgram(Vcpu::block);
    vcpu.startBlocked();
    atMillis(10);
    assertThat(vcpu.runstate()).isEqualTo(Runstate.OFFLINE);
    vcpu.run(3 * MILLISECOND);
    vcpu.wake();
    assertThat(vcpu.runstate()).isEqualTo(Runstate.RUNNING);
    atMillis(12);
    assertThat(vcpu.workLeftNanos()).isEqualTo(MILLISECOND);
    atMillis(20);
    assertThat(vcpu.runstate()).isEqualTo(Runstate.BLOCKED);
    assertThat(vcpu.runstateNanos(Runstate.OFFLINE)).isEqualTo(10 * MILLISECOND);
    assertThat(vcpu.runstateNanos(Runstate.RUNNING)).isEqualTo(3 * MILLISECOND);
    assertThat(vcpu.runstateNanos(Runstate.BLOCKED)).isEqualTo(7 * MILLISECOND);
    assertThat(vcpu.wakeups()).isEqualTo(1);
    assertThat(vcpu.switchIns()).isEqualTo(1);
    assertThat(vcpu.preemptions()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"credit", "credit-xenserver", "credit2", "credit2-pre421", "rtds", "null"})
  void pausesAreCountedAndOutlastAWake(String scheduler) {
    SchedHost host = host(scheduler, 1, TimingParameters.exact());
    Vcpu vcpu = host.createDomain(host.poolOf(0), 1, 1).vcpu(0);
    new Hog(vcpu).start();
    atMillis(1);
    vcpu.pause();
    vcpu.pause();
    assertThat(vcpu.runstate()).isEqualTo(Runstate.OFFLINE);
    assertThat(host.running(0)).isNull();
    vcpu.unpause();
    atMillis(2);
    assertThat(vcpu.runstate()).isEqualTo(Runstate.OFFLINE);
    vcpu.unpause();
    assertThat(vcpu.runstate()).isEqualTo(Runstate.RUNNING);
    vcpu.block();
    assertThat(vcpu.runstate()).isEqualTo(Runstate.BLOCKED);
    vcpu.pause();
    assertThat(vcpu.runstate()).isEqualTo(Runstate.BLOCKED);
    vcpu.wake();
    assertThat(vcpu.runstate()).isEqualTo(Runstate.OFFLINE);
    vcpu.unpause();
    assertThat(vcpu.runstate()).isEqualTo(Runstate.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"credit", "credit-xenserver", "credit2", "credit2-pre421", "rtds"})
  void anAffinityMovesARunningVcpuAtOnce(String scheduler) {
    SchedHost host = host(scheduler, 4, TimingParameters.exact());
    Vcpu vcpu = host.createDomain(host.poolOf(0), 1, 1).vcpu(0);
    new Hog(vcpu).start();
    atMillis(5);
    int before = vcpu.pcpu();
    vcpu.setAffinity(mask((before + 2) % 4), null);
    assertThat(host.running((before + 2) % 4)).isSameAs(vcpu);
    assertThat(host.running(before)).isNull();
    assertThat(vcpu.migrations()).isEqualTo(1);
    atMillis(10);
    assertThat(vcpu.runstateNanos(Runstate.RUNNING)).isEqualTo(10 * MILLISECOND);
  }

  @Test
  void aPausedVcpuIsPlacedAnewToo() {
    SchedHost host = host("credit", 4, TimingParameters.exact());
    Vcpu vcpu = host.createDomain(host.poolOf(0), 1, 1).vcpu(0);
    vcpu.setAffinity(mask(3), null);
    assertThat(vcpu.pcpu()).isEqualTo(3);
    assertThat(vcpu.runstate()).isEqualTo(Runstate.OFFLINE);
    assertThatThrownBy(() -> vcpu.setAffinity(mask(7), null))
        .hasMessageContaining("no pCPU of the pool");
  }

  @Test
  void vcpuKOfADomainBeginsOnPcpuK() {
    SchedHost host = host("credit", 4, TimingParameters.exact());
    for (int domid = 0; domid < 3; domid++) {
      SchedDomain domain = host.createDomain(host.poolOf(0), domid, 6);
      for (int id = 0; id < 6; id++) {
        assertThat(domain.vcpu(id).pcpu()).isEqualTo(id % 4);
      }
    }
  }

  @Test
  void choosingTheSameVcpuAgainIsNoSwitch() {
    SchedHost host = host("credit", 1, TimingParameters.exact());
    Vcpu vcpu = host.createDomain(host.poolOf(0), 1, 1).vcpu(0);
    new Hog(vcpu).start();
    simulator.runUntil(1_000 * MILLISECOND);
    assertThat(vcpu.switchIns()).isEqualTo(1);
    assertThat(vcpu.unit().stateEntryNanos()).isZero();
    assertThat(host.switches(0)).isEqualTo(1);
  }

  @Test
  void aRequestToAnotherPcpuTakesItsLatencyAndOneToItselfNone() {
    TimingParameters slowRequests = new TimingParameters(0, 700, 700, 0, 0, 1, 0);
    SchedHost host = host("credit", 2, slowRequests);
    Vcpu vcpu = host.createDomain(host.poolOf(0), 1, 1).vcpu(0);
    vcpu.setAffinity(mask(1), null);
    vcpu.setProgram(Vcpu::block);
    vcpu.startBlocked();
    atMillis(1);
    vcpu.run(MILLISECOND);
    vcpu.wake();
    assertThat(vcpu.runstate()).as("woken by its own pCPU").isEqualTo(Runstate.RUNNING);
    atMillis(3);
    vcpu.run(MILLISECOND);
    PcpuEvent elsewhere =
        new PcpuEvent(host) {
          @Override
          protected int pcpu() {
            return 0;
          }

          @Override
          protected void handle() {
            vcpu.wake();
          }
        };
    elsewhere.armPrecisely(4 * MILLISECOND);
    simulator.runUntil(4 * MILLISECOND + 699);
    assertThat(vcpu.runstate()).isEqualTo(Runstate.RUNNABLE);
    simulator.runUntil(4 * MILLISECOND + 700);
    assertThat(vcpu.runstate()).isEqualTo(Runstate.RUNNING);
  }

  @Test
  void timersAreLateByTheSlopAtMost() {
    SchedHost host = host("credit2", 1, new TimingParameters(50_000, 0, 0, 0, 0, 1, 0));
    long[] least = {Long.MAX_VALUE};
    long[] most = {0};
    PcpuEvent timer =
        new PcpuEvent(host) {
          private long due;

          @Override
          protected int pcpu() {
            return 0;
          }

          @Override
          protected void handle() {
            long late = simulator.nowNanos() - due;
            least[0] = Math.min(least[0], late);
            most[0] = Math.max(most[0], late);
            due = simulator.nowNanos() + MILLISECOND;
            arm(due);
          }
        };
    timer.armPrecisely(0);
    simulator.runUntil(10_000 * MILLISECOND);
    assertThat(least[0]).isBetween(0L, 500L);
    assertThat(most[0]).isBetween(49_500L, 50_000L);
  }

  /** Returns a timer of pCPU 1 that notes when it fires. */
  private PcpuTimer noting(SchedHost host, List<Long> fired) {
    return new PcpuTimer(host, 1) {
      @Override
      protected void handle() {
        assertThat(host.executing).isEqualTo(1);
        fired.add(simulator.nowNanos());
      }
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 50_000})
  void aPcpuTimerFiresWhenItWasSetForLast(long slop) {
    SchedHost host = host("credit2", 2, new TimingParameters(slop, 0, 0, 0, 0, 1, 0));
    List<Long> fired = new ArrayList<>();
    PcpuTimer timer = noting(host, fired);
    timer.set(10 * MILLISECOND);
    timer.set(20 * MILLISECOND);
    atMillis(19);
    assertThat(fired).as("put off").isEmpty();
    atMillis(30);
    timer.set(60 * MILLISECOND);
    timer.set(40 * MILLISECOND);
    atMillis(50);
    timer.set(70 * MILLISECOND);
    timer.stop();
    atMillis(80);
    timer.set(100 * MILLISECOND);
    timer.stop();
    timer.set(90 * MILLISECOND);
    timer.set(120 * MILLISECOND);
    atMillis(200);
    assertThat(fired).hasSize(3);
    assertThat(fired.get(0)).isBetween(20 * MILLISECOND, 20 * MILLISECOND + slop);
    assertThat(fired.get(1)).isBetween(40 * MILLISECOND, 40 * MILLISECOND + slop);
    assertThat(fired.get(2)).isBetween(120 * MILLISECOND, 120 * MILLISECOND + slop);
    assertThat(host.timersFired()).isEqualTo(3);
  }

  @Test
  void aDestroyedDomainLeavesItsPcpusAndItsQueues() {
    SchedHost host = host("credit", 1, TimingParameters.exact());
    SchedDomain first = host.createDomain(host.poolOf(0), 1, 1);
    SchedDomain second = host.createDomain(host.poolOf(0), 2, 1);
    new Hog(first.vcpu(0)).start();
    new Hog(second.vcpu(0)).start();
    atMillis(100);
    Vcpu runs = host.running(0);
    SchedDomain other = runs.domain() == first ? second : first;
    runs.domain().destroy();
    assertThat(host.running(0)).isSameAs(other.vcpu(0));
    other.destroy();
    assertThat(host.running(0)).isNull();
    assertThat(host.domains()).isEmpty();
    atMillis(200);
    assertThat(host.idleNanos(0)).isEqualTo(100 * MILLISECOND);
  }

  // ---- null: one vCPU per pCPU, for good ----

  @Test
  void underNullAVcpuThatFindsNoPcpuWaitsUntilOneIsFree() {
    SchedHost host = host("null", 2, TimingParameters.exact());
    SchedDomain[] domains = new SchedDomain[4];
    for (int i = 0; i < 4; i++) {
      domains[i] = host.createDomain(host.poolOf(0), i, 1);
      new Hog(domains[i].vcpu(0)).start();
    }
    atMillis(10);
    assertThat(host.running(0)).isSameAs(domains[0].vcpu(0));
    assertThat(host.running(1)).isSameAs(domains[1].vcpu(0));
    assertThat(domains[2].vcpu(0).runstateNanos(Runstate.RUNNING)).isZero();
    domains[1].destroy();
    assertThat(host.running(1)).as("first come, first served").isSameAs(domains[2].vcpu(0));
    domains[0].destroy();
    assertThat(host.running(0)).isSameAs(domains[3].vcpu(0));
  }

  @Test
  void underNullABlockedVcpuKeepsItsPcpu() {
    SchedHost host = host("null", 1, TimingParameters.exact());
    Vcpu owner = host.createDomain(host.poolOf(0), 1, 1).vcpu(0);
    new Hog(owner).start();
    Vcpu waiting = host.createDomain(host.poolOf(0), 2, 1).vcpu(0);
    new Hog(waiting).start();
    atMillis(1);
    owner.block();
    atMillis(5);
    assertThat(host.running(0)).isNull();
    assertThat(waiting.runstate()).isEqualTo(Runstate.RUNNABLE);
    owner.wake();
    assertThat(host.running(0)).isSameAs(owner);
  }

  @Test
  void underNullTheVcpuThatPrefersAFreedPcpuGoesFirst() {
    SchedHost host = host("null", 2, TimingParameters.exact());
    SchedDomain first = host.createDomain(host.poolOf(0), 1, 1);
    SchedDomain second = host.createDomain(host.poolOf(0), 2, 1);
    Vcpu indifferent = host.createDomain(host.poolOf(0), 3, 1).vcpu(0);
    Vcpu prefers = host.createDomain(host.poolOf(0), 4, 1).vcpu(0);
    prefers.setAffinity(null, mask(1));
    for (Vcpu vcpu : new Vcpu[] {first.vcpu(0), second.vcpu(0), indifferent, prefers}) {
      new Hog(vcpu).start();
    }
    assertThat(host.running(1)).isSameAs(second.vcpu(0));
    second.destroy();
    assertThat(host.running(1)).isSameAs(prefers);
    first.destroy();
    assertThat(host.running(0)).isSameAs(indifferent);
  }

  @Test
  void underNullAHardMaskIsKept() {
    SchedHost host = host("null", 3, TimingParameters.exact());
    Vcpu pinned = host.createDomain(host.poolOf(0), 1, 1).vcpu(0);
    pinned.setAffinity(mask(2), null);
    new Hog(pinned).start();
    Vcpu also = host.createDomain(host.poolOf(0), 2, 1).vcpu(0);
    also.setAffinity(mask(2), null);
    new Hog(also).start();
    atMillis(5);
    assertThat(host.running(2)).isSameAs(pinned);
    assertThat(also.runstate()).isEqualTo(Runstate.RUNNABLE);
    also.setAffinity(mask(0), null);
    assertThat(host.running(0)).isSameAs(also);
  }
}
