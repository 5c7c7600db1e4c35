// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.DomainRunstate;
import org.poolsim.cpu.Runstate;
import org.poolsim.cpu.guest.Burst;
import org.poolsim.cpu.guest.Hog;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

/** No CPU time is lost or made, whatever happens. */
class ConservationTest {
  private static final List<String> SCHEDULERS =
      List.of("credit", "credit-xenserver", "credit2", "credit2-pre421", "rtds", "null");

  @Property(tries = 180)
  void timeAddsUp(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 0, max = 5) int scheduler,
      @ForAll @IntRange(min = 1, max = 2) int sockets,
      @ForAll @IntRange(min = 1, max = 4) int cores,
      @ForAll @IntRange(min = 1, max = 2) int threads,
      @ForAll SchedulingGranularity granularity) {
    Simulator simulator = new Simulator();
    RandomStream random = new RandomStreams(seed).stream("what happens");
    CpuTopology topology = new CpuTopology(sockets, cores, threads);
    int pcpus = topology.pcpus();
    SchedHost host =
        new SchedHost(
            simulator,
            topology,
            granularity,
            new TimingParameters(50_000, 500, 3_000, 2_000, 1_000, 1.2, 1_000_000_000L),
            new RandomStreams(seed).stream("timing"));
    host.createPool(
        null, Schedulers.named(SCHEDULERS.get(scheduler)), SchedulerParameters.defaults());
    List<SchedDomain> domains = new ArrayList<>();
    for (int domid = 0; domid < 6; domid++) {
      SchedDomain domain = host.createDomain(host.poolOf(0), domid, 1 + random.nextInt(3));
      domains.add(domain);
      for (int id = 0; id < domain.vcpus(); id++) {
        if (random.nextInt(3) == 0) {
          new Hog(domain.vcpu(id)).start();
        } else {
          Burst.random(domain.vcpu(id), 2_000_000, 3_000_000, random.nextLong()).start();
        }
      }
    }
    List<DomainTimes> times = domains.stream().map(DomainTimes::new).toList();
    simulator.audit(event -> times.forEach(one -> one.look(simulator.nowNanos())));
    for (int step = 0; step < 30; step++) {
      simulator.runUntil(simulator.nowNanos() + 1 + random.nextInt(20_000_000));
      disturb(random, domains.get(random.nextInt(domains.size())), pcpus);
      host.audit();
      addsUp(host, domains, pcpus, simulator.nowNanos());
      for (DomainTimes one : times) {
        one.look(simulator.nowNanos());
        one.equalTheDomains();
      }
    }
  }

  /** The times of a domain in its runstates, from those of its vCPUs looked at after each event. */
  private static final class DomainTimes {
    private final SchedDomain domain;
    private final Map<DomainRunstate, Long> nanos = new EnumMap<>(DomainRunstate.class);
    private DomainRunstate state;
    private long sinceNanos;

    DomainTimes(SchedDomain domain) {
      this.domain = domain;
      state = stateOf(domain);
    }

    void look(long now) {
      nanos.merge(state, now - sinceNanos, Long::sum);
      sinceNanos = now;
      state = stateOf(domain);
    }

    void equalTheDomains() {
      for (DomainRunstate one : DomainRunstate.values()) {
        assertThat(domain.runstateNanos(one)).as("%s", one).isEqualTo(nanos.getOrDefault(one, 0L));
      }
    }

    private static DomainRunstate stateOf(SchedDomain domain) {
      int running = 0;
      int runnable = 0;
      for (int id = 0; id < domain.vcpus(); id++) {
        Runstate runstate = domain.vcpu(id).runstate();
        running += runstate == Runstate.RUNNING ? 1 : 0;
        runnable += runstate == Runstate.RUNNABLE ? 1 : 0;
      }
      if (running == domain.vcpus()) {
        return DomainRunstate.FULL_RUN;
      }
      if (runnable == domain.vcpus()) {
        return DomainRunstate.FULL_CONTENTION;
      }
      if (running > 0) {
        return runnable > 0 ? DomainRunstate.CONCURRENCY_HAZARD : DomainRunstate.PARTIAL_RUN;
      }
      return runnable > 0 ? DomainRunstate.PARTIAL_CONTENTION : DomainRunstate.BLOCKED;
    }
  }

  private static void disturb(RandomStream random, SchedDomain domain, int pcpus) {
    switch (random.nextInt(5)) {
      case 0 -> domain.setWeight(1 + random.nextInt(2000));
      case 1 -> {
        int units = (domain.vcpus() + domain.host().width() - 1) / domain.host().width();
        domain.setCap(random.nextInt(100 * units));
      }
      case 2 -> {
        BitSet hard = new BitSet();
        int first = random.nextInt(pcpus);
        hard.set(first - first % domain.host().width());
        hard.set(random.nextInt(pcpus));
        BitSet soft = new BitSet();
        soft.set(random.nextInt(pcpus));
        domain.vcpu(0).setAffinity(hard, soft);
      }
      case 3 -> domain.pause();
      default -> {
        domain.pause();
        domain.unpause();
      }
    }
  }

  private static void addsUp(SchedHost host, List<SchedDomain> domains, int pcpus, long now) {
    long running = 0;
    for (SchedDomain domain : domains) {
      for (int id = 0; id < domain.vcpus(); id++) {
        running += domain.vcpu(id).runstateNanos(Runstate.RUNNING);
      }
      long inStates = 0;
      for (DomainRunstate state : DomainRunstate.values()) {
        inStates += domain.runstateNanos(state);
      }
      assertThat(inStates).isEqualTo(now);
    }
    long idle = 0;
    for (int cpu = 0; cpu < pcpus; cpu++) {
      idle += host.idleNanos(cpu);
    }
    assertThat(running + idle).isEqualTo(pcpus * now);
  }
}
