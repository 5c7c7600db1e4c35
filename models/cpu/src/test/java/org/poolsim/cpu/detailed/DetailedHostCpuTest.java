// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.detailed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.CpuWork;
import org.poolsim.cpu.DomainRunstate;
import org.poolsim.cpu.DomainSpec;
import org.poolsim.cpu.HostCpuSpec;
import org.poolsim.cpu.Runstate;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.Schedulers;
import org.poolsim.cpu.sched.TimingParameters;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.stat.LatencyHistogram;

class DetailedHostCpuTest {
  private static final long MILLISECOND = 1_000_000L;
  private static final long SECOND = 1_000 * MILLISECOND;

  private Simulator simulator = new Simulator();
  private DetailedHostCpu host = exactHost(2);

  @AfterEach
  void timesAddUp() {
    host.audit();
  }

  private DetailedHostCpu exactHost(int pcpus) {
    return new DetailedHostCpu(
        simulator,
        HostCpuSpec.of("host-1", CpuTopology.flat(pcpus)),
        SchedulerParameters.defaults(),
        TimingParameters.exact(),
        GuestParameters.defaults(),
        new RandomStreams(1));
  }

  private static List<String> schedulers() {
    return Schedulers.names();
  }

  private CpuDomain domain(String name, int vcpus) {
    return host.createDomain(new DomainSpec(name, vcpus, 256, 0, null, null));
  }

  private void run(double seconds) {
    simulator.runUntil(simulator.nowNanos() + Math.round(seconds * SECOND));
  }

  private static double seconds(CpuDomain domain) {
    long sum = 0;
    for (int vcpu = 0; vcpu < domain.vcpus(); vcpu++) {
      sum += domain.runningNanos(vcpu);
    }
    return sum * 1e-9;
  }

  private static final class Noted extends CpuWork {
    private final Simulator simulator;
    private long completedNanos = -1;

    Noted(Simulator simulator) {
      this.simulator = simulator;
    }

    @Override
    protected void completed() {
      completedNanos = simulator.nowNanos();
    }
  }

  private Noted submit(CpuDomain domain, long cpuNanos) {
    Noted work = new Noted(simulator);
    domain.submit(work, cpuNanos);
    return work;
  }

  @Test
  void workCompletesAfterItsCpuTimeAndTheVcpuBlocks() {
    CpuDomain a = domain("a", 1);
    Noted first = submit(a, 7 * MILLISECOND + 1);
    run(1);
    Noted second = submit(a, MILLISECOND);
    run(1);
    assertThat(first.completedNanos).isEqualTo(7 * MILLISECOND + 1);
    assertThat(second.completedNanos).isEqualTo(SECOND + MILLISECOND);
    assertThat(a.runningNanos(0)).isEqualTo(8 * MILLISECOND + 1);
    assertThat(a.runstateNanos(0, Runstate.BLOCKED)).isEqualTo(2 * SECOND - 8 * MILLISECOND - 1);
    assertThat(a.domainRunstateNanos(DomainRunstate.FULL_RUN)).isEqualTo(a.runningNanos(0));
  }

  @Test
  void tasksTakeTurnsOnTheVcpus() {
    CpuDomain a = domain("a", 2);
    Noted small = submit(a, 10 * MILLISECOND);
    Noted middle = submit(a, 20 * MILLISECOND);
    Noted large = submit(a, 30 * MILLISECOND);
    assertThat(a.activeTasks()).isEqualTo(3);
    run(1);
    // Processor sharing gives 15, 25 and 35 ms; turns are 3 ms
    assertThat(small.completedNanos).isCloseTo(15 * MILLISECOND, within(4 * MILLISECOND));
    assertThat(middle.completedNanos).isCloseTo(25 * MILLISECOND, within(4 * MILLISECOND));
    assertThat(large.completedNanos).isCloseTo(35 * MILLISECOND, within(4 * MILLISECOND));
    assertThat(seconds(a)).isEqualTo(0.06, within(1e-9));
  }

  @Test
  void aLateShortTaskDoesNotWaitForALongOne() {
    CpuDomain a = domain("a", 1);
    Noted endless = submit(a, 100 * SECOND);
    run(1);
    Noted small = submit(a, MILLISECOND);
    run(1);
    assertThat(small.completedNanos - SECOND).isLessThanOrEqualTo(4 * MILLISECOND);
    assertThat(a.cancel(endless)).isTrue();
    assertThat(a.cancel(endless)).isFalse();
    run(1);
    assertThat(endless.completedNanos).isEqualTo(-1);
    assertThat(seconds(a)).isEqualTo(2, within(1e-9));
  }

  @Test
  void aWaitingTaskIsWithdrawnWithoutEffectOnTheOthers() {
    CpuDomain a = domain("a", 1);
    Noted first = submit(a, 10 * MILLISECOND);
    Noted second = submit(a, 10 * MILLISECOND);
    assertThat(a.cancel(second)).isTrue();
    run(1);
    assertThat(first.completedNanos).isEqualTo(10 * MILLISECOND);
    assertThat(seconds(a)).isEqualTo(0.01, within(1e-9));
  }

  @Test
  void workIsSubmittedAgainFromItsCompletionWithoutBlocking() {
    CpuDomain a = domain("a", 1);
    int[] rounds = {0};
    CpuWork again =
        new CpuWork() {
          @Override
          protected void completed() {
            if (++rounds[0] < 100) {
              a.submit(this, MILLISECOND);
            }
          }
        };
    a.submit(again, MILLISECOND);
    run(1);
    assertThat(rounds[0]).isEqualTo(100);
    assertThat(host.sched().domains().get(0).vcpu(0).switchIns()).isEqualTo(1);
  }

  @Test
  void backgroundDemandIsServedOnAFreeHost() {
    CpuDomain a = domain("a", 2);
    a.setDemand(0, 0.35);
    a.setDemand(1, 1);
    run(20);
    assertThat(a.runningNanos(0) * 1e-9).isEqualTo(7, within(0.02));
    assertThat(a.runningNanos(1)).isEqualTo(20 * SECOND);
    a.setDemand(0, 0);
    a.setDemand(1, 0.1);
    long before = a.runningNanos(0);
    run(20);
    assertThat(a.runningNanos(0)).isEqualTo(before);
    assertThat(a.runningNanos(1) * 1e-9).isEqualTo(22, within(0.02));
  }

  @Test
  void backgroundAndWorkShareTheVcpu() {
    CpuDomain a = domain("a", 1);
    a.setDemand(0, 1);
    Noted work = submit(a, 300 * MILLISECOND);
    run(2);
    assertThat(work.completedNanos).isCloseTo(600 * MILLISECOND, within(4 * MILLISECOND));
    assertThat(seconds(a)).isEqualTo(2, within(1e-9));
  }

  @Test
  void unservedDemandIsLost() {
    host = exactHost(1);
    CpuDomain a = domain("a", 1);
    CpuDomain b = domain("b", 1);
    a.setDemand(0, 0.9);
    b.setDemand(0, 0.9);
    run(20);
    assertThat(seconds(a) + seconds(b)).isEqualTo(20, within(0.5));
    a.setDemand(0, 0);
    double before = seconds(b);
    run(20);
    assertThat(seconds(b) - before).isEqualTo(18, within(0.05));
  }

  @Test
  void aPausedDomainStandsStill() {
    CpuDomain a = domain("a", 1);
    Noted work = submit(a, SECOND);
    run(0.25);
    a.pause();
    a.pause();
    assertThat(host.runningDomains()).isZero();
    run(1);
    a.unpause();
    run(2);
    assertThat(work.completedNanos).isEqualTo(2 * SECOND);
    assertThat(a.runstateNanos(0, Runstate.OFFLINE)).isEqualTo(SECOND);
  }

  @Test
  void aDestroyedDomainDropsItsWork() {
    CpuDomain a = domain("a", 2);
    a.setDemand(1, 0.5);
    Noted work = submit(a, SECOND);
    run(0.25);
    host.destroyDomain(a);
    double before = seconds(a);
    run(2);
    assertThat(work.completedNanos).isEqualTo(-1);
    assertThat(work.isQueued()).isFalse();
    assertThat(seconds(a)).isEqualTo(before);
    assertThatThrownBy(() -> host.destroyDomain(a)).hasMessage("a is not a domain of host-1");
    assertThatThrownBy(() -> submit(a, 1)).hasMessage("a has been destroyed: it takes no work");
    CpuDomain b = domain("b", 1);
    assertThat(b.domid()).isEqualTo(1);
  }

  @Test
  void weightCapAndAffinityChangeDuringTheRun() {
    host = exactHost(1);
    CpuDomain a = domain("a", 1);
    CpuDomain b = domain("b", 1);
    a.setDemand(0, 1);
    b.setDemand(0, 1);
    a.setWeight(768);
    run(30);
    assertThat(seconds(a)).isEqualTo(22.5, within(0.6));
    a.setCap(20);
    run(30);
    assertThat(seconds(a)).isEqualTo(28.5, within(0.9));
    host = exactHost(2);
    CpuDomain c = domain("c", 2);
    BitSet second = new BitSet();
    second.set(1);
    c.setAffinity(0, second, null);
    c.setAffinity(1, second, null);
    c.setDemand(0, 1);
    c.setDemand(1, 1);
    run(10);
    assertThat(seconds(c)).isEqualTo(10, within(0.1));
    assertThat(host.runningVcpus()).isEqualTo(2);
  }

  @Test
  void theTimeFromWakeToRunIsRecorded() {
    host = exactHost(1);
    CpuDomain hog = domain("hog", 1);
    CpuDomain a = domain("a", 1);
    LatencyHistogram waits = host.recordWakeToRun(a);
    hog.setDemand(0, 1);
    a.setDemand(0, 0.1);
    run(10);
    assertThat(waits.count()).isBetween(300L, 700L);
    assertThat(waits.maxNanos()).isGreaterThan(100_000);
    assertThat(host.recordWakeToRun(a)).isSameAs(waits);
  }

  @Test
  void theSameSeedGivesTheSameRunAndNamesGiveIndependentDraws() {
    long[] first = realisticRun(7);
    assertThat(realisticRun(7)).isEqualTo(first);
    assertThat(realisticRun(8)).isNotEqualTo(first);
  }

  private long[] realisticRun(long seed) {
    simulator = new Simulator();
    host =
        new DetailedHostCpu(
            simulator, HostCpuSpec.of("host-1", new CpuTopology(1, 2, 2)), new RandomStreams(seed));
    long[] ran = new long[6];
    CpuDomain[] domains = new CpuDomain[ran.length];
    for (int i = 0; i < domains.length; i++) {
      domains[i] = domain("vm-" + i, 1);
      domains[i].setDemand(0, 0.2 + 0.1 * i);
    }
    run(2);
    host.audit();
    for (int i = 0; i < domains.length; i++) {
      ran[i] = domains[i].runningNanos(0);
    }
    return ran;
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void everySchedulerRunsGuestsAndTimesAddUp(String scheduler) {
    simulator = new Simulator();
    host =
        new DetailedHostCpu(
            simulator,
            HostCpuSpec.of("host-1", new CpuTopology(1, 2, 2)).withScheduler(scheduler),
            new RandomStreams(3));
    CpuDomain dom0 = domain("Domain-0", 2);
    CpuDomain guest = domain("guest", 2);
    guest.setDemand(0, 0.5);
    Noted work = submit(dom0, 5 * MILLISECOND);
    for (int i = 0; i < 20; i++) {
      run(0.1);
      host.audit();
      guest.setDemand(1, i % 3 * 0.4);
    }
    host.destroyDomain(guest);
    run(0.1);
    assertThat(work.completedNanos).isBetween(5 * MILLISECOND, 40 * MILLISECOND);
    assertThat(seconds(guest)).isGreaterThan(1.0);
  }
}
