// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.Runstate;
import org.poolsim.cpu.guest.Burst;
import org.poolsim.cpu.guest.Hog;
import org.poolsim.cpu.guest.IoRequest;
import org.poolsim.cpu.guest.Server;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStreams;

/** What tells the schedulers apart, and what holds under each of them. */
class SchedulersTest {
  private static final long SECOND = 1_000_000_000L;

  private final Simulator simulator = new Simulator();

  private SchedHost host(String scheduler, CpuTopology topology, TimingParameters timing) {
    return SchedHost.withOnePool(
        simulator,
        topology,
        timing,
        new RandomStreams(7).stream("timing"),
        scheduler,
        SchedulerParameters.defaults());
  }

  private static SchedDomain hogs(SchedHost host, int domid, int vcpus) {
    SchedDomain domain = host.createDomain(host.poolOf(0), domid, vcpus);
    for (int id = 0; id < vcpus; id++) {
      new Hog(domain.vcpu(id)).start();
    }
    return domain;
  }

  private static long running(SchedDomain domain) {
    long sum = 0;
    for (int id = 0; id < domain.vcpus(); id++) {
      sum += domain.vcpu(id).runstateNanos(Runstate.RUNNING);
    }
    return sum;
  }

  /**
   * The hogs start off the grid of the accounting: when slices and accounting expire together,
   * credit's turns are anything from 30 to 60 ms.
   */
  @ParameterizedTest
  @CsvSource({"credit,60", "credit2,1.03", "credit2-pre421,10"})
  void turnsOfTwoEqualHogs(String scheduler, double turnMillis) {
    SchedHost host = host(scheduler, CpuTopology.flat(1), TimingParameters.jittered());
    simulator.runUntil(11_000_000);
    SchedDomain first = hogs(host, 1, 1);
    simulator.runUntil(17_000_000);
    hogs(host, 2, 1);
    simulator.runUntil(60 * SECOND);
    double millis = 30_000.0 / first.vcpu(0).switchIns();
    assertThat(millis).isCloseTo(turnMillis, within(0.05 * turnMillis));
  }

  @ParameterizedTest
  @CsvSource({"credit,28.3", "credit2,28.2", "credit-xenserver,59.7"})
  void theAutomaticWeightProtectsDom0(String scheduler, double dom0Seconds) {
    SchedHost host = host(scheduler, CpuTopology.flat(8), TimingParameters.jittered());
    SchedDomain dom0 = hogs(host, 0, 1);
    for (int domid = 1; domid <= 16; domid++) {
      hogs(host, domid, 1);
    }
    simulator.runUntil(60 * SECOND);
    assertThat(running(dom0) / 1e9).isCloseTo(dom0Seconds, within(0.6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"credit", "credit2"})
  void weightIsPerVcpu(String scheduler) {
    SchedHost host = host(scheduler, CpuTopology.flat(4), TimingParameters.jittered());
    SchedDomain one = hogs(host, 1, 1);
    SchedDomain two = hogs(host, 2, 2);
    SchedDomain four = hogs(host, 3, 4);
    simulator.runUntil(60 * SECOND);
    assertThat(running(one) / 1e9).isCloseTo(240.0 / 7, within(1.0));
    assertThat(running(two) / 1e9).isCloseTo(480.0 / 7, within(1.5));
    assertThat(running(four) / 1e9).isCloseTo(960.0 / 7, within(2.0));
  }

  @Test
  void globalDeadlinesLoseCapacity() {
    SchedHost host = host("rtds", CpuTopology.flat(2), TimingParameters.exact());
    for (int domid = 1; domid <= 3; domid++) {
      SchedDomain domain = host.createDomain(host.poolOf(0), domid, 1);
      domain.vcpu(0).setRealTime(10_000_000, 7_000_000, false);
      new Hog(domain.vcpu(0)).start();
    }
    simulator.runUntil(60 * SECOND);
    assertThat(host.idleNanos(0) + host.idleNanos(1)).isBetween(5_900_000_000L, 6_100_000_000L);
  }

  @Test
  void theNullSchedulerNeverShares() {
    SchedHost host = host("null", CpuTopology.flat(2), TimingParameters.exact());
    SchedDomain first = hogs(host, 1, 2);
    SchedDomain waiting = hogs(host, 2, 1);
    simulator.runUntil(SECOND);
    assertThat(running(first)).isEqualTo(2 * SECOND);
    assertThat(running(waiting)).isZero();

    first.destroy();
    simulator.runUntil(2 * SECOND);
    assertThat(running(waiting)).isEqualTo(SECOND);
  }

  @Test
  void aSchedulerFromOutsideIsFoundByName() {
    SchedHost host = host("round-robin", CpuTopology.flat(2), TimingParameters.exact());
    SchedDomain domain = hogs(host, 1, 3);
    simulator.runUntil(3 * SECOND);
    for (int id = 0; id < 3; id++) {
      assertThat(domain.vcpu(id).runstateNanos(Runstate.RUNNING) / 1e9)
          .isCloseTo(2.0, within(0.02));
    }
    host.audit();
  }

  @Test
  void anUnknownSchedulerIsToldWithTheNamesThatExist() {
    assertThatThrownBy(() -> Schedulers.named("credit3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("credit3")
        .hasMessageContaining("credit-xenserver")
        .hasMessageContaining("round-robin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"credit", "credit-xenserver", "credit2", "credit2-pre421", "rtds"})
  void requestsToABackendGoRound(String scheduler) {
    SchedHost host = host(scheduler, CpuTopology.flat(2), TimingParameters.jittered());
    SchedDomain dom0 = host.createDomain(host.poolOf(0), 0, 1);
    Server server = new Server(dom0.vcpu(0));
    SchedDomain guest = host.createDomain(host.poolOf(0), 1, 1);
    IoRequest requester = new IoRequest(guest.vcpu(0), 200_000, 100_000);
    requester.setBackend(server);
    requester.start();
    server.start();
    simulator.runUntil(SECOND);
    assertThat(guest.vcpu(0).wakeups()).isGreaterThan(3000);
    assertThat(dom0.vcpu(0).wakeups())
        .isBetween(guest.vcpu(0).wakeups() - 1, guest.vcpu(0).wakeups() + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"credit", "credit2", "rtds", "null"})
  void poolsDoNotShare(String scheduler) {
    SchedHost host = new SchedHost(simulator, CpuTopology.flat(4), TimingParameters.exact(), null);
    BitSet firstTwo = new BitSet();
    firstTwo.set(0, 2);
    CpuPool small =
        host.createPool(firstTwo, Schedulers.named(scheduler), SchedulerParameters.defaults());
    CpuPool rest =
        host.createPool(null, Schedulers.named("credit2"), SchedulerParameters.defaults());
    SchedDomain domain = host.createDomain(small, 1, 2);
    new Hog(domain.vcpu(0)).start();
    new Hog(domain.vcpu(1)).start();
    simulator.runUntil(SECOND);
    assertThat(rest.pcpus().count()).isEqualTo(2);
    assertThat(host.idleNanos(2)).isEqualTo(SECOND);
    assertThat(host.idleNanos(3)).isEqualTo(SECOND);
    assertThat(running(domain)).isBetween(2 * SECOND - 20_000_000L, 2 * SECOND);
  }

  @Test
  void twoBusyThreadsShareTheirCore() {
    TimingParameters timing = new TimingParameters(0, 0, 0, 0, 0, 1.25, SECOND);
    SchedHost host = host("credit2", new CpuTopology(1, 1, 2), timing);
    SchedDomain domain = host.createDomain(host.poolOf(0), 1, 2);
    long[] done = new long[2];
    for (int id = 0; id < 2; id++) {
      int number = id;
      domain
          .vcpu(id)
          .setProgram(
              vcpu -> {
                done[number]++;
                vcpu.run(1_000_000);
              });
      domain.vcpu(id).run(1_000_000);
      domain.vcpu(id).start();
    }
    simulator.runUntil(SECOND);
    assertThat(running(domain)).isEqualTo(2 * SECOND);
    assertThat(done[0] + done[1]).isBetween(1240L, 1255L);
  }

  @Test
  void aSlowPcpuDoesLessInTheSameTime() {
    SchedHost host = host("credit", CpuTopology.flat(1), TimingParameters.exact());
    host.setFrequency(0, 0.5);
    SchedDomain domain = host.createDomain(host.poolOf(0), 1, 1);
    Burst.fixed(domain.vcpu(0), 10_000_000, 10_000_000).start();
    simulator.runUntil(3 * SECOND);
    assertThat(running(domain)).isCloseTo(2 * SECOND, within(20_000_000L));
  }

  @Test
  void switchesCostWhatTheTimingSays() {
    TimingParameters timing = new TimingParameters(0, 0, 0, 5_000, 0, 1, SECOND);
    SchedHost host = host("credit2", CpuTopology.flat(1), timing);
    SchedDomain domain = host.createDomain(host.poolOf(0), 1, 1);
    Burst.fixed(domain.vcpu(0), 1_000_000, 1_000_000).start();
    simulator.runUntil(SECOND);
    long bursts = domain.vcpu(0).switchIns();
    assertThat(running(domain)).isCloseTo(bursts * 1_005_000, within(1_005_000L));
  }
}
