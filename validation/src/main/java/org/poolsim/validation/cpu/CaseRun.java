// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.cpu.guest.Behaviour;
import org.poolsim.cpu.guest.Burst;
import org.poolsim.cpu.guest.Hog;
import org.poolsim.cpu.guest.IoRequest;
import org.poolsim.cpu.guest.Periodic;
import org.poolsim.cpu.guest.PoissonJobs;
import org.poolsim.cpu.guest.Quiet;
import org.poolsim.cpu.guest.Server;
import org.poolsim.cpu.guest.Yielding;
import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.PcpuEvent;
import org.poolsim.cpu.sched.SchedDomain;
import org.poolsim.cpu.sched.SchedHost;
import org.poolsim.cpu.sched.Schedulers;
import org.poolsim.cpu.sched.TimingParameters;
import org.poolsim.cpu.sched.Vcpu;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

/** One run of a case under one scheduler: exact, or a jittered replicate. */
final class CaseRun {
  private static final long START_JITTER_NANOS = 30_000_000L;
  private static final long SEED_STEP = 1_000_003L;

  private final SchedCase plan;
  private final Simulator simulator = new Simulator();
  private final SchedHost host;
  private final RandomStream noise;
  private final long seedOffset;
  private final List<DomainRun> domains = new ArrayList<>();
  private final Map<Integer, DomainRun> byDomid = new HashMap<>();

  /**
   * Sets a run up.
   *
   * @param replicate 0 for the exact run, otherwise the number of the jittered replicate
   */
  CaseRun(SchedCase plan, String scheduler, int replicate) {
    this(plan, scheduler, replicate, 1);
  }

  /**
   * Sets a run up with one of several sets of jitter; the random numbers of the guests are those of
   * the replicate in every set.
   *
   * @param jitterSet from 1
   */
  CaseRun(SchedCase plan, String scheduler, int replicate, int jitterSet) {
    this.plan = plan;
    this.seedOffset = replicate * SEED_STEP;
    String stream = "cpu-timing/" + plan.id();
    this.noise =
        new RandomStreams(replicate).stream(jitterSet == 1 ? stream : stream + "/set-" + jitterSet);
    this.host =
        new SchedHost(
            simulator,
            plan.topology(),
            replicate == 0 ? TimingParameters.exact() : TimingParameters.jittered(),
            noise);
    CpuPool pool =
        host.createPool(null, Schedulers.named(scheduler.replace('_', '-')), plan.parameters());
    for (SchedCase.DomainCase domain : plan.domains()) {
      DomainRun run =
          new DomainRun(domain, host.createDomain(pool, domain.domid(), domain.vcpus().size()));
      run.domain.setWeightAndCap(domain.weight(), domain.capPercent());
      domains.add(run);
      byDomid.put(domain.domid(), run);
    }
    setRealTime();
    setAffinities();
    createBehaviours();
    armChanges();
    armStarts(replicate > 0);
  }

  private void setRealTime() {
    for (DomainRun run : domains) {
      SchedCase.RealTime realTime = run.plan.realTime();
      if (realTime != null) {
        for (int id = 0; id < run.domain.vcpus(); id++) {
          run.domain
              .vcpu(id)
              .setRealTime(realTime.periodNanos(), realTime.budgetNanos(), realTime.extratime());
        }
      }
    }
  }

  private void setAffinities() {
    for (DomainRun run : domains) {
      for (int id = 0; id < run.domain.vcpus(); id++) {
        SchedCase.VcpuCase vcpu = run.plan.vcpus().get(id);
        if (vcpu.hard() != null || vcpu.soft() != null) {
          run.domain.vcpu(id).setAffinity(vcpu.hard(), vcpu.soft());
        }
      }
    }
  }

  private void createBehaviours() {
    for (DomainRun run : domains) {
      run.domain.setWakeObserver((vcpu, nanos) -> run.wakeToRun.add(nanos));
      for (int id = 0; id < run.domain.vcpus(); id++) {
        Behaviour behaviour = behaviour(run.domain.vcpu(id), run.plan.vcpus().get(id).behaviour());
        behaviour.setObserver(run.jobResponse::add);
        run.behaviours.add(behaviour);
      }
    }
    for (DomainRun run : domains) {
      for (int id = 0; id < run.domain.vcpus(); id++) {
        if (run.behaviours.get(id) instanceof IoRequest requester) {
          SchedCase.BehaviourCase planned = run.plan.vcpus().get(id).behaviour();
          requester.setBackend(
              (Server) byDomid.get(planned.backendDomid()).behaviours.get(planned.backendVcpu()));
        }
      }
    }
  }

  private Behaviour behaviour(Vcpu vcpu, SchedCase.BehaviourCase planned) {
    long run = planned.runNanos();
    long other = planned.otherNanos();
    long seed = planned.seed() + seedOffset;
    return switch (planned.type()) {
      case "hog" -> new Hog(vcpu);
      case "periodic" -> new Periodic(vcpu, other, run, planned.phaseNanos());
      case "burst" -> Burst.fixed(vcpu, run, other);
      case "random_burst" -> Burst.random(vcpu, run, other, seed);
      case "poisson_jobs" -> new PoissonJobs(vcpu, other, run, seed);
      case "io_request" -> new IoRequest(vcpu, run, other);
      case "server" -> new Server(vcpu);
      case "yield" -> new Yielding(vcpu, other);
      case "blocked" -> new Quiet(vcpu);
      default -> throw new IllegalArgumentException("no behaviour " + planned.type());
    };
  }

  private void armChanges() {
    for (SchedCase.Change change : plan.changes()) {
      SchedDomain domain = byDomid.get(change.domid()).domain;
      new PcpuEvent(host) {
        @Override
        protected int pcpu() {
          return 0;
        }

        @Override
        protected void handle() {
          if (change.isWeight()) {
            domain.setWeight(change.value());
          } else {
            domain.setCap(change.value());
          }
        }
      }.armPrecisely(change.timeNanos());
    }
  }

  private void armStarts(boolean jittered) {
    for (DomainRun run : domains) {
      for (int id = 0; id < run.domain.vcpus(); id++) {
        Behaviour behaviour = run.behaviours.get(id);
        Vcpu vcpu = run.domain.vcpu(id);
        long start = run.plan.vcpus().get(id).startNanos();
        new PcpuEvent(host) {
          @Override
          protected int pcpu() {
            return vcpu.pcpu();
          }

          @Override
          protected void handle() {
            behaviour.start();
          }
        }.armPrecisely(jittered ? start + noise.nextLong(START_JITTER_NANOS + 1) : start);
      }
    }
  }

  /** Runs to the end of the case. */
  void run() {
    long end = plan.durationNanos();
    for (long time = plan.binNanos(); time < end; time += plan.binNanos()) {
      simulator.runUntil(time);
      domains.forEach(DomainRun::closeBin);
      audit();
    }
    simulator.runUntil(end);
    domains.forEach(DomainRun::closeBin);
    audit();
  }

  /**
   * Checks that the runstates of every vCPU add up to the time elapsed, and what all ran to the
   * capacity less the idle time.
   *
   * @throws IllegalStateException naming the sum that does not hold
   */
  private void audit() {
    host.audit();
    long ran = 0;
    for (DomainRun run : domains) {
      ran += Measured.of(run.domain).cpuTimeNanos();
    }
    long idle = 0;
    int pcpus = plan.topology().pcpus();
    for (int cpu = 0; cpu < pcpus; cpu++) {
      idle += host.idleNanos(cpu);
    }
    if (ran + idle != pcpus * simulator.nowNanos()) {
      throw new IllegalStateException(
          plan.id()
              + ": "
              + ran
              + " ns of running and "
              + idle
              + " ns of idling are not "
              + pcpus
              + " x "
              + simulator.nowNanos());
    }
  }

  SchedHost host() {
    return host;
  }

  List<DomainRun> domains() {
    return domains;
  }

  /** One domain of the run and what was measured of it. */
  static final class DomainRun {
    final SchedCase.DomainCase plan;
    final SchedDomain domain;
    final List<Behaviour> behaviours = new ArrayList<>();
    final LongList wakeToRun = new LongList();
    final LongList jobResponse = new LongList();
    final List<Long> bins = new ArrayList<>();
    private long binned;

    DomainRun(SchedCase.DomainCase plan, SchedDomain domain) {
      this.plan = plan;
      this.domain = domain;
    }

    void closeBin() {
      long total = Measured.of(domain).cpuTimeNanos();
      bins.add(total - binned);
      binned = total;
    }
  }
}
