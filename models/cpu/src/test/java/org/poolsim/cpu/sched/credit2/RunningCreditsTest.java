// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.Runstate;
import org.poolsim.cpu.guest.Burst;
import org.poolsim.cpu.guest.Hog;
import org.poolsim.cpu.sched.SchedDomain;
import org.poolsim.cpu.sched.SchedHost;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.Schedulers;
import org.poolsim.cpu.sched.TimingParameters;
import org.poolsim.cpu.sched.Vcpu;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

/**
 * Where a vCPU has a soft affinity, every pCPU is charged and scored as the source does it: it is
 * enough that one which never runs has one. On a host of more than 64 pCPUs nothing is noted for
 * later either. All three must be equal.
 */
class RunningCreditsTest {
  @Property(tries = 300)
  void theShortWayAndTheLongWayPreemptTheSame(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 12) int pcpus,
      @ForAll boolean jittered,
      @ForAll boolean inflight) {
    String scheduler = inflight ? "credit2" : "credit2-pre421";
    List<Long> outcome = run(seed, pcpus, pcpus, jittered, scheduler, false);
    assertThat(run(seed, pcpus, pcpus, jittered, scheduler, true)).isEqualTo(outcome);
    assertThat(run(seed, pcpus, 65, jittered, scheduler, false)).isEqualTo(outcome);
  }

  private static List<Long> run(
      long seed,
      int pcpus,
      int pcpusOfHost,
      boolean jittered,
      String scheduler,
      boolean softAffinity) {
    Simulator simulator = new Simulator();
    RandomStream random = new RandomStreams(seed).stream("what happens");
    SchedHost host =
        new SchedHost(
            simulator,
            CpuTopology.flat(pcpusOfHost),
            jittered ? TimingParameters.jittered() : TimingParameters.exact(),
            new RandomStreams(seed).stream("timing"));
    BitSet members = new BitSet();
    members.set(0, pcpus);
    // Without a ratelimit slices are as long as credits differ, and show whatever these are.
    long ratelimit = random.nextInt(3) * 500_000L;
    SchedulerParameters parameters =
        SchedulerParameters.defaults().with(ratelimit, 30 * 1_000_000L);
    host.createPool(members, Schedulers.named(scheduler), parameters);
    List<SchedDomain> domains = new ArrayList<>();
    if (random.nextBoolean()) {
      // Those that do not share a pCPU get to the least credit, as the others keep from a reset.
      for (int i = 0; i < pcpus + 3; i++) {
        SchedDomain domain = host.createDomain(host.poolOf(0), 50 + i, 1);
        BitSet pinned = new BitSet();
        pinned.set(Math.max(0, i - 3));
        domain.vcpu(0).setAffinity(pinned, null);
        new Hog(domain.vcpu(0)).start();
        domains.add(domain);
      }
    }
    for (int domid = 0; domid < 2 + pcpus; domid++) {
      SchedDomain domain = host.createDomain(host.poolOf(0), domid, 1 + random.nextInt(2));
      domains.add(domain);
      for (int id = 0; id < domain.vcpus(); id++) {
        if (random.nextInt(3) == 0) {
          BitSet hard = new BitSet();
          hard.set(random.nextInt(pcpus));
          hard.set(random.nextInt(pcpus));
          domain.vcpu(id).setAffinity(hard, null);
        }
        if (random.nextInt(3) == 0) {
          new Hog(domain.vcpu(id)).start();
        } else {
          Burst.random(domain.vcpu(id), 1_000_000, 3_000_000, random.nextLong()).start();
        }
      }
    }
    // Last, as it changes where the next one is placed.
    BitSet first = new BitSet();
    first.set(0);
    SchedDomain bystander = host.createDomain(host.poolOf(0), 100, 1);
    bystander.vcpu(0).setAffinity(null, softAffinity ? first : null);
    for (int step = 0; step < 12; step++) {
      simulator.runUntil(simulator.nowNanos() + 1 + random.nextInt(60_000_000));
      SchedDomain domain = domains.get(random.nextInt(domains.size()));
      switch (random.nextInt(3)) {
        case 0 -> domain.setWeight(random.nextBoolean() ? 256 : 1 + random.nextInt(600));
        case 1 -> domain.setCap(random.nextBoolean() ? 0 : 20 + random.nextInt(80));
        default -> {
          domain.pause();
          domain.unpause();
        }
      }
    }
    List<Long> outcome = new ArrayList<>();
    for (SchedDomain domain : domains) {
      for (int id = 0; id < domain.vcpus(); id++) {
        Vcpu vcpu = domain.vcpu(id);
        outcome.add(vcpu.runstateNanos(Runstate.RUNNING));
        outcome.add(vcpu.switchIns());
        outcome.add(vcpu.migrations());
      }
    }
    outcome.add(host.timersFired());
    return outcome;
  }
}
