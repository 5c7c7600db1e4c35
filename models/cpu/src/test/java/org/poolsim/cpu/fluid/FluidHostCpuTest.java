// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.CpuWork;
import org.poolsim.cpu.DomainRunstate;
import org.poolsim.cpu.DomainSpec;
import org.poolsim.cpu.HostCpuSpec;
import org.poolsim.cpu.RatedHostCpu.RatedDomain;
import org.poolsim.cpu.Runstate;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

class FluidHostCpuTest {
  private static final long SECOND = 1_000_000_000L;

  private final Simulator simulator = new Simulator();
  private FluidHostCpu host = hostWith(CpuTopology.flat(4), "credit2");

  @AfterEach
  void timesAddUp() {
    host.audit();
    long sum = 0;
    for (int pcpu = 0; pcpu < host.pcpus(); pcpu++) {
      sum += host.idleNanos(pcpu);
    }
    for (CpuDomain domain : created) {
      for (int vcpu = 0; vcpu < domain.vcpus(); vcpu++) {
        sum += domain.runningNanos(vcpu);
      }
    }
    assertThat(sum).isEqualTo(host.pcpus() * simulator.nowNanos());
  }

  private final List<CpuDomain> created = new ArrayList<>();

  private FluidHostCpu hostWith(CpuTopology topology, String scheduler) {
    return new FluidHostCpu(simulator, HostCpuSpec.of("host-1", topology).withScheduler(scheduler));
  }

  private RatedDomain domain(String name, int vcpus, int weight, int cap) {
    RatedDomain domain = host.createDomain(new DomainSpec(name, vcpus, weight, cap, null, null));
    created.add(domain);
    return domain;
  }

  private RatedDomain hog(String name, int vcpus, int weight, int cap) {
    RatedDomain domain = domain(name, vcpus, weight, cap);
    for (int vcpu = 0; vcpu < vcpus; vcpu++) {
      domain.setDemand(vcpu, 1);
    }
    return domain;
  }

  private static BitSet pcpus(int... pcpus) {
    BitSet set = new BitSet();
    for (int pcpu : pcpus) {
      set.set(pcpu);
    }
    return set;
  }

  private static double seconds(CpuDomain domain) {
    long sum = 0;
    for (int vcpu = 0; vcpu < domain.vcpus(); vcpu++) {
      sum += domain.runningNanos(vcpu);
    }
    return sum * 1e-9;
  }

  private void run(double seconds) {
    simulator.runUntil(simulator.nowNanos() + Math.round(seconds * SECOND));
  }

  private static final class Recorded extends CpuWork {
    private final Simulator simulator;
    private long completedNanos = -1;

    Recorded(Simulator simulator) {
      this.simulator = simulator;
    }

    @Override
    protected void completed() {
      completedNanos = simulator.nowNanos();
    }
  }

  private Recorded submit(CpuDomain domain, long cpuNanos) {
    Recorded work = new Recorded(simulator);
    domain.submit(work, cpuNanos);
    return work;
  }

  @Test
  void withoutContentionEverybodyGetsItsDemand() {
    RatedDomain a = domain("a", 2, 256, 0);
    a.setDemand(0, 0.25);
    a.setDemand(1, 0.5);
    run(10);
    assertThat(a.runningNanos(0)).isEqualTo(2_500_000_000L);
    assertThat(a.runningNanos(1)).isEqualTo(5 * SECOND);
    assertThat(a.runstateNanos(0, Runstate.BLOCKED)).isEqualTo(7_500_000_000L);
    assertThat(a.runstateNanos(0, Runstate.RUNNABLE)).isZero();
    assertThat(host.idleRate(0)).isEqualTo(1 - 0.75 / 4, within(1e-8));
  }

  @Test
  void weightCountsOncePerActiveVcpu() {
    RatedDomain one = hog("one", 1, 256, 0);
    RatedDomain two = hog("two", 2, 256, 0);
    RatedDomain four = hog("four", 4, 256, 0);
    run(60);
    assertThat(seconds(one)).isEqualTo(34.29, within(0.01));
    assertThat(seconds(two)).isEqualTo(68.57, within(0.01));
    assertThat(seconds(four)).isEqualTo(137.14, within(0.01));
    assertThat(host.runningVcpus()).isEqualTo(7);
  }

  @Test
  void onePcpuIsSharedByWeight() {
    host = hostWith(CpuTopology.flat(1), "credit2");
    RatedDomain light = hog("light", 1, 256, 0);
    RatedDomain heavy = hog("heavy", 1, 2048, 0);
    run(60);
    assertThat(seconds(light)).isEqualTo(60.0 / 9, within(0.001));
    assertThat(seconds(heavy)).isEqualTo(480.0 / 9, within(0.001));
    heavy.setWeight(256);
    run(60);
    assertThat(seconds(light)).isEqualTo(60.0 / 9 + 30, within(0.001));
  }

  @Test
  void aCapCutsAndTheCutTimeIsOffline() {
    RatedDomain capped = hog("capped", 2, 256, 50);
    run(10);
    assertThat(seconds(capped)).isEqualTo(5, within(1e-6));
    assertThat(capped.runstateNanos(0, Runstate.OFFLINE)).isEqualTo(7_500_000_000L);
    assertThat(capped.runstateNanos(0, Runstate.RUNNABLE)).isZero();
    capped.setCap(0);
    run(10);
    assertThat(seconds(capped)).isEqualTo(25, within(1e-6));
  }

  @Test
  void vcpusThatWantLittleLeaveTheirCapToTheOthers() {
    RatedDomain capped = domain("capped", 3, 256, 100);
    capped.setDemand(0, 0.1);
    capped.setDemand(1, 1);
    capped.setDemand(2, 0.8);
    run(1);
    assertThat(capped.rate(0, Runstate.RUNNING)).isEqualTo(0.1, within(1e-8));
    assertThat(capped.rate(1, Runstate.RUNNING)).isEqualTo(0.45, within(1e-8));
    assertThat(capped.rate(2, Runstate.RUNNING)).isEqualTo(0.45, within(1e-8));
  }

  @Test
  void xenServersCreditEntitlesDom0ToAWholePcpuForEachActiveVcpu() {
    host = hostWith(CpuTopology.flat(8), "credit-xenserver");
    RatedDomain dom0 = hog("Domain-0", 1, 256, 0);
    RatedDomain guests = hog("guests", 16, 256, 0);
    run(60);
    assertThat(seconds(dom0)).isEqualTo(60, within(0.2));
    assertThat(seconds(guests)).isEqualTo(420, within(0.2));
  }

  @Test
  void xenServersCreditGivesALargeDom0HalfOfTheHost() {
    host = hostWith(CpuTopology.flat(4), "credit-xenserver");
    RatedDomain dom0 = hog("Domain-0", 4, 256, 0);
    hog("guests", 16, 256, 0);
    run(60);
    assertThat(seconds(dom0)).isEqualTo(120, within(0.5));
  }

  @Test
  void plainCreditDoesNotFavourDom0() {
    host = hostWith(CpuTopology.flat(8), "credit");
    RatedDomain dom0 = hog("Domain-0", 1, 256, 0);
    hog("guests", 16, 256, 0);
    run(60);
    assertThat(seconds(dom0)).isEqualTo(60 * 8 / 17.0, within(0.01));
  }

  @Test
  void hardAffinityConfinesAndTheRestIsShared() {
    // Given two hogs pinned to pCPU 0 and three that may run anywhere on four pCPUs
    RatedDomain pinnedA = hog("pinned-a", 1, 256, 0);
    RatedDomain pinnedB = hog("pinned-b", 1, 256, 0);
    pinnedA.setAffinity(0, pcpus(0), null);
    pinnedB.setAffinity(0, pcpus(0), null);
    RatedDomain free = hog("free", 3, 256, 0);
    run(10);
    // Then the pinned ones halve pCPU 0 and the others have one each
    assertThat(seconds(pinnedA)).isEqualTo(5, within(1e-6));
    assertThat(seconds(pinnedB)).isEqualTo(5, within(1e-6));
    assertThat(seconds(free)).isEqualTo(30, within(1e-6));
    assertThat(host.idleRate(0)).isZero();
  }

  @Test
  void overlappingMasksAreFilledFromTheTightestPlace() {
    // Given four vCPUs on {0,1}, one on {1,2}, one on {3}
    RatedDomain tight = hog("tight", 4, 256, 0);
    for (int vcpu = 0; vcpu < 4; vcpu++) {
      tight.setAffinity(vcpu, pcpus(0, 1), null);
    }
    RatedDomain wide = hog("wide", 1, 256, 0);
    wide.setAffinity(0, pcpus(1, 2), null);
    RatedDomain alone = domain("alone", 1, 256, 0);
    alone.setAffinity(0, pcpus(3), null);
    alone.setDemand(0, 0.25);
    run(10);
    assertThat(seconds(tight)).isEqualTo(20, within(1e-6));
    assertThat(seconds(wide)).isEqualTo(10, within(1e-6));
    assertThat(host.idleNanos(3)).isCloseTo(7_500_000_000L, within(2L));
    assertThat(host.idleNanos(2)).isLessThan(2);
  }

  @Test
  void loadIsSpreadOverAllPcpusThatTheMasksAllow() {
    RatedDomain pinned = domain("pinned", 1, 256, 0);
    pinned.setAffinity(0, pcpus(0), null);
    pinned.setDemand(0, 0.4);
    RatedDomain free = domain("free", 1, 256, 0);
    free.setDemand(0, 0.6);
    run(1);
    // 0.4 on pCPU 0, the 0.6 on the three others
    assertThat(host.idleRate(0)).isEqualTo(0.6, within(1e-6));
    assertThat(host.idleRate(1)).isEqualTo(0.8, within(1e-6));
    assertThat(host.idleRate(3)).isEqualTo(0.8, within(1e-6));
  }

  @Test
  void workCompletesAfterItsCpuTimeOnAFreeHost() {
    RatedDomain a = domain("a", 1, 256, 0);
    Recorded work = submit(a, 7_000_001);
    run(1);
    assertThat(work.completedNanos).isEqualTo(7_000_001);
    assertThat(a.runningNanos(0)).isEqualTo(7_000_001);
    assertThat(work.isQueued()).isFalse();
  }

  @Test
  void moreWorkThanVcpusProgressesInProcessorSharing() {
    RatedDomain a = domain("a", 2, 256, 0);
    Recorded small = submit(a, 10_000_000);
    Recorded middle = submit(a, 20_000_000);
    Recorded large = submit(a, 30_000_000);
    run(1);
    // 2/3 of a vCPU each up to 15 ms, then one each
    assertThat(small.completedNanos).isCloseTo(15_000_000L, within(2L));
    assertThat(middle.completedNanos).isCloseTo(25_000_000L, within(2L));
    assertThat(large.completedNanos).isCloseTo(35_000_000L, within(2L));
    assertThat(a.runningNanos(0) + a.runningNanos(1)).isCloseTo(60_000_000L, within(6L));
  }

  @Test
  void queuedWorkSlowsDownWithItsVcpusShare() {
    host = hostWith(CpuTopology.flat(1), "credit");
    RatedDomain a = domain("a", 1, 256, 0);
    RatedDomain b = domain("b", 1, 256, 0);
    Recorded work = submit(a, SECOND);
    run(0.5);
    b.setDemand(0, 1);
    run(10);
    assertThat(work.completedNanos).isEqualTo(1_500_000_000L);
  }

  @Test
  void backgroundDemandIsOneMoreTaskOnItsVcpu() {
    RatedDomain a = domain("a", 1, 256, 0);
    a.setDemand(0, 0.3);
    Recorded work = submit(a, 700_000_000);
    run(2);
    assertThat(work.completedNanos).isCloseTo(SECOND, within(10L));
  }

  @Test
  void workMayBeWithdrawnAndSubmittedAgainFromItsCompletion() {
    RatedDomain a = domain("a", 1, 256, 0);
    Recorded work = submit(a, SECOND);
    run(0.5);
    assertThat(a.activeTasks()).isEqualTo(1);
    assertThat(a.cancel(work)).isTrue();
    assertThat(a.cancel(work)).isFalse();
    int[] rounds = {0};
    CpuWork again =
        new CpuWork() {
          @Override
          protected void completed() {
            if (++rounds[0] < 5) {
              a.submit(this, 1_000_000);
            }
          }
        };
    a.submit(again, 1_000_000);
    run(1);
    assertThat(work.completedNanos).isEqualTo(-1);
    assertThat(rounds[0]).isEqualTo(5);
    assertThat(a.runningNanos(0)).isEqualTo(505_000_000L);
  }

  @Test
  void aPausedDomainIsOfflineAndItsWorkWaits() {
    RatedDomain a = domain("a", 1, 256, 0);
    Recorded work = submit(a, SECOND);
    run(0.25);
    a.pause();
    assertThat(host.runningDomains()).isZero();
    run(1);
    a.unpause();
    run(2);
    assertThat(work.completedNanos).isEqualTo(2 * SECOND);
    assertThat(a.runstateNanos(0, Runstate.OFFLINE)).isEqualTo(SECOND);
  }

  @Test
  void aDestroyedDomainDropsItsWorkAndKeepsItsAccounts() {
    RatedDomain a = domain("a", 1, 256, 0);
    Recorded work = submit(a, SECOND);
    run(0.25);
    host.destroyDomain(a);
    run(2);
    assertThat(work.completedNanos).isEqualTo(-1);
    assertThat(work.isQueued()).isFalse();
    assertThat(a.runningNanos(0)).isEqualTo(250_000_000L);
    RatedDomain b = hog("b", 1, 256, 0);
    run(1);
    assertThat(b.domid()).isEqualTo(1);
    assertThat(b.runningNanos(0)).isEqualTo(SECOND);
    assertThatThrownBy(() -> host.destroyDomain(a))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a is not a domain of host-1");
    assertThatThrownBy(() -> submit(a, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void busySiblingThreadsSlowWorkDown() {
    CpuTopology topology = new CpuTopology(1, 2, 2);
    host = new FluidHostCpu(simulator, new HostCpuSpec("host-1", topology, "credit", 1.2));
    RatedDomain a = domain("a", 4, 256, 0);
    Recorded[] works = new Recorded[4];
    for (int i = 0; i < 2; i++) {
      works[i] = submit(a, SECOND);
    }
    run(0.5);
    for (int i = 2; i < 4; i++) {
      works[i] = submit(a, 600_000_000);
    }
    run(10);
    // Two cores at 1.2 for four: 0.6 each; the first two have half a second left
    assertThat(works[0].completedNanos * 1e-9).isEqualTo(0.5 + 0.5 / 0.6, within(1e-6));
    // then 0.1 s is left of the others, at full speed
    assertThat(works[2].completedNanos * 1e-9).isEqualTo(0.5 + 0.5 / 0.6 + 0.1, within(1e-6));
  }

  @Test
  void runstatesOfADomainTakeItsVcpusAsIndependent() {
    RatedDomain a = domain("a", 2, 256, 0);
    a.setDemand(0, 0.5);
    a.setDemand(1, 0.25);
    run(8);
    assertThat(a.domainRunstateNanos(DomainRunstate.FULL_RUN)).isEqualTo(SECOND);
    assertThat(a.domainRunstateNanos(DomainRunstate.PARTIAL_RUN)).isEqualTo(4 * SECOND);
    assertThat(a.domainRunstateNanos(DomainRunstate.BLOCKED)).isEqualTo(3 * SECOND);
    RatedDomain b = hog("b", 8, 256, 0);
    run(8);
    long sum = 0;
    for (DomainRunstate state : DomainRunstate.values()) {
      assertThat(b.domainRunstateNanos(state)).isNotNegative();
      sum += b.domainRunstateNanos(state);
    }
    assertThat(sum).isEqualTo(8 * SECOND);
    assertThat(b.domainRunstateNanos(DomainRunstate.CONCURRENCY_HAZARD)).isGreaterThan(SECOND);
  }

  @Test
  void changesOfOneInstantAreSettledTogether() {
    RatedDomain[] guests = new RatedDomain[20];
    for (int i = 0; i < guests.length; i++) {
      guests[i] = domain("guest-" + i, 1, 256, 0);
    }
    run(1);
    long before = simulator.eventsFired();
    Event change =
        new Event() {
          @Override
          protected void fire() {
            for (RatedDomain guest : guests) {
              guest.setDemand(0, 0.9);
            }
          }
        };
    simulator.scheduleAfter(change, 1);
    run(1);
    assertThat(simulator.eventsFired() - before).isEqualTo(2);
    assertThat(guests[3].rate(0, Runstate.RUNNING)).isEqualTo(0.2, within(1e-8));
    assertThat(guests[3].rate(0, Runstate.RUNNABLE)).isEqualTo(0.7, within(1e-8));
  }

  @Test
  void wrongParametersAreRefusedByName() {
    RatedDomain a = domain("a", 1, 256, 0);
    assertThatThrownBy(() -> a.setDemand(0, 1.5))
        .hasMessage("a: the demand of a vCPU must be between 0 and 1, not 1.5");
    assertThatThrownBy(() -> a.setWeight(0))
        .hasMessage("a: the weight must be between 1 and 65535, not 0");
    assertThatThrownBy(() -> hostWith(CpuTopology.flat(1), "rtds"))
        .hasMessage(
            "host-1: scheduler rtds has no fluid model; there is one for "
                + "credit, credit-xenserver, credit2, credit2-pre421");
  }
}
