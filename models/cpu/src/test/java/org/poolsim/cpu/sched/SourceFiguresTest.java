// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.Runstate;
import org.poolsim.cpu.guest.Behaviour;
import org.poolsim.cpu.guest.Burst;
import org.poolsim.cpu.guest.Hog;
import org.poolsim.cpu.guest.IoRequest;
import org.poolsim.cpu.guest.Server;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStreams;

/** Small cases whose figures are those of the real source under virtual time. */
class SourceFiguresTest {
  private static final long MILLISECOND = 1_000_000L;

  private final Simulator simulator = new Simulator();
  private SchedHost host;

  private void host(String scheduler, CpuTopology topology, SchedulerParameters parameters) {
    host =
        SchedHost.withOnePool(
            simulator, topology, TimingParameters.exact(), null, scheduler, parameters);
  }

  private void hostOfCores(String scheduler, CpuTopology topology, SchedulerParameters parameters) {
    host =
        new SchedHost(
            simulator, topology, SchedulingGranularity.CORE, TimingParameters.exact(), null);
    host.createPool(null, Schedulers.named(scheduler), parameters);
  }

  private SchedDomain domain(int domid, int vcpus) {
    return host.createDomain(host.poolOf(0), domid, vcpus);
  }

  private void at(long nanos, int pcpu, Runnable action) {
    new PcpuEvent(host) {
      @Override
      protected int pcpu() {
        return pcpu;
      }

      @Override
      protected void handle() {
        action.run();
      }
    }.armPrecisely(nanos);
  }

  private void start(Vcpu vcpu, Behaviour behaviour, long nanos) {
    new PcpuEvent(host) {
      @Override
      protected int pcpu() {
        return vcpu.pcpu();
      }

      @Override
      protected void handle() {
        behaviour.start();
      }
    }.armPrecisely(nanos);
  }

  private void startHogs(SchedDomain domain) {
    for (int id = 0; id < domain.vcpus(); id++) {
      start(domain.vcpu(id), new Hog(domain.vcpu(id)), 0);
    }
  }

  private static BitSet pcpus(int... members) {
    BitSet set = new BitSet();
    Arrays.stream(members).forEach(set::set);
    return set;
  }

  private static long running(Vcpu vcpu) {
    return vcpu.runstateNanos(Runstate.RUNNING);
  }

  private IntStream all() {
    return IntStream.range(0, host.hardware().pcpus());
  }

  private long[] switches() {
    return all().mapToLong(host::switches).toArray();
  }

  private long[] idleMillis() {
    return all().mapToLong(cpu -> host.idleNanos(cpu) / MILLISECOND).toArray();
  }

  @Test
  void creditCutsTheRatelimitToTheTimeSlice() {
    host(
        "credit",
        CpuTopology.flat(1),
        SchedulerParameters.defaults().with(10 * MILLISECOND, MILLISECOND));
    SchedDomain first = domain(1, 1);
    SchedDomain second = domain(2, 1);
    startHogs(first);
    startHogs(second);
    simulator.runUntil(60 * MILLISECOND);
    assertThat(switches()).containsExactly(32L);
    assertThat(running(first.vcpu(0))).isEqualTo(31 * MILLISECOND);
    assertThat(running(second.vcpu(0))).isEqualTo(29 * MILLISECOND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"credit2", "credit2-pre421"})
  void credit2RunsAtLeastForTheRatelimit(String scheduler) {
    host(
        scheduler,
        CpuTopology.flat(1),
        SchedulerParameters.defaults().with(30 * MILLISECOND, 30 * MILLISECOND));
    SchedDomain first = domain(1, 1);
    SchedDomain second = domain(2, 1);
    startHogs(first);
    startHogs(second);
    simulator.runUntil(300 * MILLISECOND);
    assertThat(switches()).containsExactly(10L);
    assertThat(running(first.vcpu(0))).isEqualTo(150 * MILLISECOND);
  }

  /** Only the last move of a search turns the bias, and only to where the search ends. */
  @Test
  void creditSpreadsOverCoresAndSockets() {
    host("credit", new CpuTopology(2, 2, 4), SchedulerParameters.defaults());
    startHogs(domain(1, 4));
    startHogs(domain(2, 1));
    startHogs(domain(3, 1));
    SchedDomain last = domain(4, 2);
    start(last.vcpu(0), new Hog(last.vcpu(0)), 0);
    start(last.vcpu(1), new Hog(last.vcpu(1)), 8 * MILLISECOND);
    simulator.runUntil(31 * MILLISECOND);
    assertThat(switches()).containsExactly(2, 2, 2, 2, 1, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0);
    assertThat(idleMillis())
        .containsExactly(0, 0, 0, 11, 8, 20, 20, 31, 20, 31, 31, 31, 20, 31, 31, 31);
  }

  /** The bias of the least loaded queue decides about a pCPU of the preferred one. */
  @Test
  void credit2PlacesWhatPrefersAnotherSocket() {
    host("credit2", new CpuTopology(2, 3, 2), SchedulerParameters.defaults());
    SchedDomain domain = domain(1, 1);
    domain.vcpu(0).setAffinity(null, pcpus(6, 7, 8, 9, 10, 11));
    startHogs(domain);
    simulator.runUntil(5 * MILLISECOND);
    assertThat(domain.vcpu(0).pcpu()).isEqualTo(6);
    assertThat(switches()).containsExactly(0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
  }

  /** With equal scores the woken vCPU preempts on its own pCPU. */
  @Test
  void credit2PrefersTheOwnPcpuOfTwoEqualOnes() {
    host("credit2", CpuTopology.flat(3), SchedulerParameters.defaults());
    SchedDomain pinned = domain(1, 1);
    SchedDomain bursts = domain(2, 1);
    SchedDomain hog = domain(3, 1);
    pinned.vcpu(0).setAffinity(pcpus(1), null);
    bursts.vcpu(0).setAffinity(pcpus(0, 1), pcpus(2));
    hog.vcpu(0).setAffinity(pcpus(0, 1), null);
    startHogs(pinned);
    Burst burst = Burst.fixed(bursts.vcpu(0), MILLISECOND, MILLISECOND);
    start(bursts.vcpu(0), burst, 0);
    startHogs(hog);
    simulator.runUntil(100 * MILLISECOND);
    assertThat(switches()).containsExactly(56, 54, 0);
    assertThat(running(pinned.vcpu(0))).isEqualTo(74 * MILLISECOND);
    assertThat(running(bursts.vcpu(0))).isEqualTo(50 * MILLISECOND);
    assertThat(running(hog.vcpu(0))).isEqualTo(76 * MILLISECOND);
  }

  /** Whatever the delay: what has never run has nothing in a cache. */
  @Test
  void creditStealsWhatHasNeverRun() {
    SchedulerParameters d = SchedulerParameters.defaults();
    SchedulerParameters delayed =
        new SchedulerParameters(
            d.ratelimitNanos(),
            10 * MILLISECOND,
            100 * MILLISECOND,
            d.creditLoadBalanceNanos(),
            d.creditTickleOneIdle(),
            d.smtPowerSavings(),
            d.credit2MigrateResistNanos(),
            d.credit2CapPeriodNanos(),
            d.credit2Runqueue(),
            d.credit2MaxPcpusPerRunqueue(),
            d.credit2LoadWindowShift(),
            d.credit2UnderloadToleranceShift(),
            d.credit2OverloadToleranceShift());
    host("credit", new CpuTopology(2, 2, 1), delayed);
    SchedDomain first = domain(1, 2);
    SchedDomain second = domain(2, 2);
    startHogs(first);
    startHogs(second);
    simulator.runUntil(7_500_000);
    assertThat(switches()).containsExactly(2, 1, 0, 1);
    assertThat(running(first.vcpu(0))).isEqualTo(6_566_000);
    assertThat(running(first.vcpu(1))).isEqualTo(7_500_000);
    assertThat(running(second.vcpu(0))).isEqualTo(934_000);
    assertThat(running(second.vcpu(1))).isEqualTo(934_000);
  }

  /** A vCPU that stays on its pCPU keeps it, and one that waits does not lose its turn. */
  @Test
  void aChangeOfAffinityTakesNoPcpuFromItsVcpuUnderNull() {
    host("null", CpuTopology.flat(3), SchedulerParameters.defaults());
    SchedDomain first = domain(1, 1);
    SchedDomain second = domain(2, 1);
    SchedDomain waiting = domain(3, 1);
    first.vcpu(0).setAffinity(pcpus(0, 1), pcpus(2));
    second.vcpu(0).setAffinity(pcpus(0, 1), pcpus(2));
    waiting.vcpu(0).setAffinity(pcpus(0), null);
    at(8_000_001, 0, () -> first.vcpu(0).setAffinity(pcpus(0), null));
    at(16_000_002, 0, () -> waiting.vcpu(0).setAffinity(pcpus(0, 1), null));
    startHogs(first);
    startHogs(second);
    startHogs(waiting);
    simulator.runUntil(100 * MILLISECOND);
    assertThat(switches()).containsExactly(3, 1, 0);
    assertThat(running(first.vcpu(0))).isEqualTo(100 * MILLISECOND);
    assertThat(running(second.vcpu(0))).isEqualTo(100 * MILLISECOND);
    assertThat(running(waiting.vcpu(0))).isZero();
  }

  /** A vCPU that wakes while its unit runs gets its own thread, and the other goes on unchanged. */
  @ParameterizedTest
  @CsvSource({
    "credit, 108, 106, 69890000, 2550000, 27560000",
    "credit2, 323, 325, 50000000, 4300000, 45700000"
  })
  void aBackendInTheUnitOfItsRequester(
      String scheduler, long first, long second, long hogs, long serving, long requesting) {
    hostOfCores(
        scheduler,
        new CpuTopology(1, 1, 2),
        SchedulerParameters.defaults().with(0, 30 * MILLISECOND));
    SchedDomain domain = domain(1, 4);
    Server server = new Server(domain.vcpu(2));
    IoRequest requester = new IoRequest(domain.vcpu(3), 530_000, 50_000);
    requester.setBackend(server);
    start(domain.vcpu(0), new Hog(domain.vcpu(0)), 0);
    start(domain.vcpu(1), new Hog(domain.vcpu(1)), 0);
    start(domain.vcpu(2), server, 0);
    start(domain.vcpu(3), requester, 0);
    simulator.runUntil(100 * MILLISECOND);
    assertThat(switches()).containsExactly(first, second);
    assertThat(IntStream.range(0, 4).mapToLong(id -> running(domain.vcpu(id))))
        .containsExactly(hogs, hogs, serving, requesting);
  }

  /** What is chosen and sent to another run queue at once runs before it goes. */
  @ParameterizedTest
  @CsvSource({
    "credit, 99, 1, 980000, 85700000, 83320000",
    "credit2, 102, 2, 1000000, 99580000, 99420000"
  })
  void coresOfTwoSockets(
      String scheduler, long first, long second, long bursts, long prefers, long hog) {
    hostOfCores(
        scheduler,
        new CpuTopology(2, 1, 2),
        SchedulerParameters.defaults().with(2 * MILLISECOND, 30 * MILLISECOND));
    SchedDomain burst = domain(1, 1);
    SchedDomain preferring = domain(2, 1);
    SchedDomain free = domain(3, 1);
    burst.vcpu(0).setAffinity(pcpus(0, 1), null);
    preferring.vcpu(0).setAffinity(null, pcpus(0, 3));
    start(burst.vcpu(0), Burst.fixed(burst.vcpu(0), 20_000, 2 * MILLISECOND), 0);
    startHogs(preferring);
    startHogs(free);
    simulator.runUntil(100 * MILLISECOND);
    assertThat(switches()).containsExactly(first, 0, second, 0);
    assertThat(running(burst.vcpu(0))).isEqualTo(bursts);
    assertThat(running(preferring.vcpu(0))).isEqualTo(prefers);
    assertThat(running(free.vcpu(0))).isEqualTo(hog);
  }

  @Test
  void credit2CapsAtMostOnePcpuForEachUnit() {
    hostOfCores("credit2", new CpuTopology(1, 2, 2), SchedulerParameters.defaults());
    SchedDomain domain = domain(1, 3);
    domain.setCap(200);
    assertThatThrownBy(() -> domain.setCap(201)).hasMessageContaining("at most 200 %, not 201 %");
  }

  /** Of a unit that is sent away the first vCPU leaves its thread before the other one does. */
  @ParameterizedTest
  @CsvSource({"credit, 6, 5, 2, 95000001", "credit2, 61, 60, 60, 66000001"})
  void aUnitThatIsSentToAnotherCore(
      String scheduler, long first, long second, long others, long ran) {
    hostOfCores(scheduler, new CpuTopology(1, 2, 2), SchedulerParameters.defaults());
    SchedDomain sent = domain(1, 2);
    at(5_000_001, 0, () -> sent.vcpu(0).setAffinity(pcpus(2), null));
    startHogs(sent);
    startHogs(domain(2, 2));
    startHogs(domain(3, 2));
    simulator.runUntil(100 * MILLISECOND);
    assertThat(switches()).containsExactly(first, second, others, others);
    assertThat(running(sent.vcpu(0))).isEqualTo(ran);
    assertThat(running(sent.vcpu(1))).isEqualTo(ran);
  }

  // ---- pools ----

  private CpuPool pool(String scheduler, int... members) {
    return host.createPool(
        pcpus(members), Schedulers.named(scheduler), SchedulerParameters.defaults());
  }

  /** Pools change between the events of a host. */
  private void betweenEvents(long nanos, Runnable action) {
    simulator.schedule(
        new Event() {
          @Override
          protected void fire() {
            action.run();
          }
        },
        nanos);
  }

  private void startBurst(Vcpu vcpu, long runNanos, long sleepNanos) {
    start(vcpu, Burst.fixed(vcpu, runNanos, sleepNanos), 0);
  }

  /** An idle pCPU that is about to leave makes its core no less idle. */
  @Test
  void creditPlacesWhatWasOnAPcpuThatLeaves() {
    host("credit", new CpuTopology(1, 2, 2), SchedulerParameters.defaults());
    SchedDomain domain = domain(1, 1);
    startBurst(domain.vcpu(0), MILLISECOND, 2 * MILLISECOND);
    betweenEvents(11_000_001, () -> host.removeFromPool(0));
    simulator.runUntil(50 * MILLISECOND);
    assertThat(switches()).containsExactly(8, 20, 8, 0);
    assertThat(idleMillis()).containsExactly(46, 40, 47, 50);
    assertThat(running(domain.vcpu(0))).isEqualTo(17 * MILLISECOND);
  }

  /** The caller's pCPU moves a domain, after all others have rescheduled. */
  @Test
  void creditMovesTwoDomainsToAnotherPool() {
    host = new SchedHost(simulator, new CpuTopology(2, 1, 2), TimingParameters.exact(), null);
    CpuPool from = pool("credit", 0);
    CpuPool to = pool("credit", 1, 2, 3);
    SchedDomain first = host.createDomain(from, 1, 2);
    SchedDomain second = host.createDomain(from, 2, 1);
    startHogs(first);
    startHogs(second);
    betweenEvents(11_000_001, () -> first.moveTo(to));
    betweenEvents(17_000_001, () -> second.moveTo(to));
    simulator.runUntil(50 * MILLISECOND);
    assertThat(switches()).containsExactly(3, 1, 1, 1);
    assertThat(idleMillis()).containsExactly(32, 11, 11, 17);
    assertThat(running(first.vcpu(0))).isEqualTo(50_000_000);
    assertThat(running(first.vcpu(1))).isEqualTo(38_999_999);
    assertThat(running(second.vcpu(0))).isEqualTo(38_999_999);
  }

  @Test
  void credit2LeavesAPcpuToTheOther() {
    host("credit2", CpuTopology.flat(2), SchedulerParameters.defaults());
    SchedDomain domain = domain(1, 2);
    startBurst(domain.vcpu(0), 300_000, 700_000);
    start(domain.vcpu(1), new Hog(domain.vcpu(1)), 0);
    betweenEvents(11_000_001, () -> host.removeFromPool(0));
    simulator.runUntil(50 * MILLISECOND);
    assertThat(switches()).containsExactly(24, 9);
    assertThat(running(domain.vcpu(0))).isEqualTo(4_500_000);
    assertThat(running(domain.vcpu(1))).isEqualTo(48_800_001);
  }

  /** A pCPU that joins beside a busy thread counts as an idle core until both are idle. */
  @Test
  void credit2TakesAPcpuThatJoinsForAnIdleCore() {
    host = new SchedHost(simulator, new CpuTopology(1, 2, 2), TimingParameters.exact(), null);
    CpuPool pool = pool("credit2", 0, 2, 3);
    SchedDomain first = host.createDomain(pool, 1, 2);
    SchedDomain second = host.createDomain(pool, 2, 1);
    start(first.vcpu(0), new Hog(first.vcpu(0)), 0);
    startBurst(first.vcpu(1), 300_000, 700_000);
    startBurst(second.vcpu(0), MILLISECOND, 2 * MILLISECOND);
    betweenEvents(7_000_001, () -> host.addToPool(pool, 1));
    simulator.runUntil(50 * MILLISECOND);
    assertThat(switches()).containsExactly(1, 83, 18, 34);
    assertThat(running(first.vcpu(0))).isEqualTo(50 * MILLISECOND);
    assertThat(running(first.vcpu(1))).isEqualTo(15 * MILLISECOND);
    assertThat(running(second.vcpu(0))).isEqualTo(17 * MILLISECOND);
  }

  /** A wake by a pCPU of another pool tickles in turn like any other. */
  @Test
  void creditWakesFromAnotherPool() {
    host = new SchedHost(simulator, CpuTopology.flat(4), TimingParameters.exact(), null);
    CpuPool first = pool("credit", 0, 1);
    CpuPool second = pool("credit", 2, 3);
    SchedDomain backend = host.createDomain(first, 1, 1);
    SchedDomain hog = host.createDomain(first, 2, 1);
    SchedDomain guest = host.createDomain(second, 3, 1);
    hog.vcpu(0).setAffinity(pcpus(0), null);
    Server server = new Server(backend.vcpu(0));
    IoRequest requester = new IoRequest(guest.vcpu(0), 300_000, 50_000);
    requester.setBackend(server);
    start(backend.vcpu(0), server, 0);
    startHogs(hog);
    start(guest.vcpu(0), requester, 0);
    simulator.runUntil(50 * MILLISECOND);
    assertThat(switches()).containsExactly(3, 114, 117, 0);
    assertThat(running(backend.vcpu(0))).isEqualTo(2_900_000);
    assertThat(running(hog.vcpu(0))).isEqualTo(49_950_000);
    assertThat(running(guest.vcpu(0))).isEqualTo(17_400_000);
  }

  /** The timer of the replenishments stays where it is when a pCPU of a lower number joins. */
  @Test
  void rtdsKeepsItsTimerOnItsPcpu() {
    host = new SchedHost(simulator, CpuTopology.flat(2), TimingParameters.exact(), null);
    CpuPool pool = pool("rtds", 1);
    SchedDomain first = host.createDomain(pool, 1, 2);
    SchedDomain second = host.createDomain(pool, 2, 1);
    first.vcpu(0).setRealTime(5 * MILLISECOND, 2 * MILLISECOND, true);
    first.vcpu(1).setRealTime(5 * MILLISECOND, 2 * MILLISECOND, true);
    second.vcpu(0).setRealTime(2 * MILLISECOND, MILLISECOND, true);
    startBurst(first.vcpu(0), 300_000, 700_000);
    start(first.vcpu(1), new Hog(first.vcpu(1)), 0);
    startHogs(second);
    betweenEvents(7_000_001, () -> host.addToPool(pool, 0));
    simulator.runUntil(100 * MILLISECOND);
    assertThat(switches()).containsExactly(111, 65);
    assertThat(running(first.vcpu(0))).isEqualTo(25_200_000);
    assertThat(running(first.vcpu(1))).isEqualTo(80_400_000);
    assertThat(running(second.vcpu(0))).isEqualTo(87_399_999);
  }

  /** What prefers the other socket has turned the bias by which the pCPU's queue is found. */
  @Test
  void credit2GivesAPcpuThatJoinsAQueueByTheLastPlacement() {
    host = new SchedHost(simulator, new CpuTopology(2, 3, 1), TimingParameters.exact(), null);
    CpuPool pool = pool("credit2", 1, 2, 3, 4, 5);
    SchedDomain domain = host.createDomain(pool, 1, 2);
    domain.vcpu(1).setAffinity(null, pcpus(5));
    startBurst(domain.vcpu(0), MILLISECOND, 2 * MILLISECOND);
    start(domain.vcpu(1), new Hog(domain.vcpu(1)), 0);
    betweenEvents(7_000_001, () -> host.addToPool(pool, 0));
    simulator.runUntil(100 * MILLISECOND);
    assertThat(switches()).containsExactly(0, 0, 62, 0, 8, 1);
    assertThat(running(domain.vcpu(0))).isEqualTo(34 * MILLISECOND);
    assertThat(running(domain.vcpu(1))).isEqualTo(100 * MILLISECOND);
  }

  /** The vCPUs of a unit stop together: its threads go to the next unit without being idle. */
  @ParameterizedTest
  @ValueSource(strings = {"credit", "credit2"})
  void aPauseOfADomainIsOneOfAllItsVcpus(String scheduler) {
    hostOfCores(scheduler, new CpuTopology(1, 1, 2), SchedulerParameters.defaults());
    SchedDomain first = domain(1, 2);
    SchedDomain second = domain(2, 2);
    startHogs(first);
    startHogs(second);
    at(5 * MILLISECOND, 0, first::pause);
    simulator.runUntil(20 * MILLISECOND);
    assertThat(switches()).containsExactly(2, 2);
    assertThat(running(first.vcpu(0))).isEqualTo(5 * MILLISECOND);
    assertThat(running(second.vcpu(1))).isEqualTo(15 * MILLISECOND);
  }

  /** What waits without a budget is queued once it has extratime, and gets its budget there. */
  @Test
  void rtdsGivesExtratimeToWhatHasNoBudget() {
    host("rtds", CpuTopology.flat(1), SchedulerParameters.defaults());
    SchedDomain first = domain(1, 1);
    SchedDomain second = domain(2, 1);
    Vcpu changed = first.vcpu(0);
    changed.setRealTime(100 * MILLISECOND, 2 * MILLISECOND, false);
    startHogs(first);
    startHogs(second);
    at(5_000_001, 0, changed::pause);
    at(5_500_001, 0, () -> changed.setRealTime(100 * MILLISECOND, 2 * MILLISECOND, true));
    at(6_000_001, 0, changed::unpause);
    simulator.runUntil(50 * MILLISECOND);
    assertThat(switches()).containsExactly(8);
    assertThat(running(changed)).isEqualTo(8 * MILLISECOND);
    assertThat(running(second.vcpu(0))).isEqualTo(42 * MILLISECOND);
  }

  /** No request is under way to a pCPU that gets what is paused, or becomes free with no taker. */
  @Test
  void nullAsksToRescheduleOnlyForWhatCanRun() {
    host =
        SchedHost.withOnePool(
            simulator,
            CpuTopology.flat(2),
            TimingParameters.jittered(),
            new RandomStreams(1).stream("timing"),
            "null",
            SchedulerParameters.defaults());
    SchedDomain domain = domain(1, 2);
    simulator.runUntil(MILLISECOND);
    domain.destroy();
    simulator.runUntil(2 * MILLISECOND);
    assertThat(host.timersFired()).isZero();
  }

  /** With a queue for each thread a core is idle, to that queue, when that thread is. */
  @Test
  void credit2SharesNoCoreBetweenQueues() {
    SchedulerParameters parameters =
        SchedulerParameters.defaults().with(SchedulerParameters.RunqueueArrangement.CPU);
    host("credit2", new CpuTopology(1, 1, 2), parameters);
    SchedDomain hogs = domain(1, 2);
    SchedDomain bursts = domain(2, 2);
    bursts.setWeight(512);
    startHogs(hogs);
    startBurst(bursts.vcpu(0), MILLISECOND, 3 * MILLISECOND);
    startBurst(bursts.vcpu(1), MILLISECOND, 3 * MILLISECOND);
    simulator.runUntil(100 * MILLISECOND);
    assertThat(switches()).containsExactly(41, 54);
    assertThat(running(hogs.vcpu(0))).isEqualTo(72 * MILLISECOND);
    assertThat(running(hogs.vcpu(1))).isEqualTo(68 * MILLISECOND);
    assertThat(running(bursts.vcpu(1))).isEqualTo(23 * MILLISECOND);
  }
}
