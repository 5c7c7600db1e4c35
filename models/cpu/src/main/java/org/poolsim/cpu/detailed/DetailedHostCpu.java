// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.detailed;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.DomainLimits;
import org.poolsim.cpu.DomainSpec;
import org.poolsim.cpu.HostCpu;
import org.poolsim.cpu.HostCpuSpec;
import org.poolsim.cpu.Runstate;
import org.poolsim.cpu.sched.SchedDomain;
import org.poolsim.cpu.sched.SchedHost;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.Schedulers;
import org.poolsim.cpu.sched.TimingParameters;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.stat.LatencyHistogram;

/** The pCPUs of a host with every scheduling decision of its Xen scheduler. */
public final class DetailedHostCpu implements HostCpu {
  private final Simulator simulator;
  private final String name;
  private final SchedHost sched;
  private final GuestParameters guest;
  private final RandomStreams streams;
  private final long createdNanos;
  private final List<DetailedDomain> domains = new ArrayList<>();

  /** Destroyed, but perhaps still on a pCPU until that reschedules. */
  private final List<DetailedDomain> leaving = new ArrayList<>();

  private long retiredNanos;
  private int nextDomid;

  /**
   * Creates a host without domains.
   *
   * @param streams the run's random streams; this host's are {@code cpu/NAME/...}
   */
  public DetailedHostCpu(
      Simulator simulator,
      HostCpuSpec spec,
      SchedulerParameters parameters,
      TimingParameters timing,
      GuestParameters guest,
      RandomStreams streams) {
    this.simulator = simulator;
    this.name = spec.name();
    this.guest = guest;
    this.streams = streams.within("cpu").within(name);
    this.createdNanos = simulator.nowNanos();
    sched =
        new SchedHost(
            simulator,
            spec.topology(),
            spec.detailed().granularity(),
            timing,
            this.streams.stream("timing"));
    sched.createPool(null, Schedulers.named(spec.scheduler()), parameters);
    List<Double> speeds = spec.detailed().speeds();
    for (int cpu = 0; cpu < Math.min(speeds.size(), pcpus()); cpu++) {
      if (speeds.get(cpu) != 1) {
        sched.setFrequency(cpu, speeds.get(cpu));
      }
    }
  }

  /** Creates a host as its spec says. */
  public DetailedHostCpu(Simulator simulator, HostCpuSpec spec, RandomStreams streams) {
    this(
        simulator,
        spec,
        spec.detailed().scheduling(),
        spec.detailed().timing().withSmtThroughput(spec.smtThroughput()),
        GuestParameters.defaults(),
        streams);
  }

  @Override
  public int pcpus() {
    return sched.hardware().pcpus();
  }

  @Override
  public boolean mayRunOn(BitSet hard) {
    return sched.mayRunOn(hard);
  }

  @Override
  public CpuTopology topology() {
    return sched.hardware();
  }

  /** {@inheritDoc} To Xen a vCPU is offline, not blocked, until its first wake. */
  @Override
  public CpuDomain createDomain(DomainSpec spec) {
    DomainLimits.checkSpec(spec);
    SchedDomain created = sched.createDomain(sched.poolOf(0), nextDomid++, spec.vcpus());
    created.setWeightAndCap(spec.weight(), spec.capPercent());
    DetailedDomain domain =
        new DetailedDomain(simulator, spec, created, guest, streams.within(spec.name()));
    domains.add(domain);
    return domain;
  }

  @Override
  public void destroyDomain(CpuDomain domain) {
    if (!(domain instanceof DetailedDomain detailed) || !domains.remove(detailed)) {
      throw new IllegalArgumentException(domain.name() + " is not a domain of " + name);
    }
    detailed.destroy();
    leaving.add(detailed);
  }

  @Override
  public long idleNanos(int pcpu) {
    return sched.idleNanos(pcpu);
  }

  @Override
  public int runningVcpus() {
    int running = 0;
    for (DetailedDomain domain : domains) {
      for (int id = 0; id < domain.vcpus(); id++) {
        Runstate state = domain.sched().vcpu(id).runstate();
        running += state == Runstate.RUNNING || state == Runstate.RUNNABLE ? 1 : 0;
      }
    }
    return running;
  }

  @Override
  public int runningDomains() {
    int running = 0;
    for (DetailedDomain domain : domains) {
      running += domain.isPaused() ? 0 : 1;
    }
    return running;
  }

  /**
   * Counts from now on how long the woken vCPUs of a domain wait for a pCPU.
   *
   * @return the histogram, the same at each call
   */
  public LatencyHistogram recordWakeToRun(CpuDomain domain) {
    if (!(domain instanceof DetailedDomain detailed) || !domains.contains(detailed)) {
      throw new IllegalArgumentException(domain.name() + " is not a domain of " + name);
    }
    return detailed.recordWakeToRun();
  }

  /** Returns the host as the hypervisor sees it. */
  public SchedHost sched() {
    return sched;
  }

  @Override
  public void audit() {
    sched.audit();
    long ran = retiredNanos;
    for (DetailedDomain domain : domains) {
      ran += ranNanos(domain);
    }
    for (int i = leaving.size() - 1; i >= 0; i--) {
      DetailedDomain domain = leaving.get(i);
      long nanos = ranNanos(domain);
      ran += nanos;
      if (!isOnPcpu(domain)) {
        retiredNanos += nanos;
        leaving.remove(i);
      }
    }
    long idle = 0;
    for (int pcpu = 0; pcpu < pcpus(); pcpu++) {
      idle += idleNanos(pcpu);
    }
    long capacity = (simulator.nowNanos() - createdNanos) * pcpus();
    if (ran + idle != capacity) {
      throw new IllegalStateException(
          name
              + ": the vCPUs ran for "
              + ran
              + " ns and the pCPUs were idle for "
              + idle
              + " ns, together not the capacity of "
              + capacity
              + " ns at "
              + simulator.nowNanos()
              + " ns");
    }
  }

  private static long ranNanos(DetailedDomain domain) {
    long nanos = 0;
    for (int id = 0; id < domain.vcpus(); id++) {
      nanos += domain.runningNanos(id);
    }
    return nanos;
  }

  private static boolean isOnPcpu(DetailedDomain domain) {
    for (int id = 0; id < domain.vcpus(); id++) {
      if (domain.sched().vcpu(id).unit().isRunning()) {
        return true;
      }
    }
    return false;
  }
}
