// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.detailed;

import java.util.BitSet;
import java.util.function.LongConsumer;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.CpuWork;
import org.poolsim.cpu.DomainLimits;
import org.poolsim.cpu.DomainRunstate;
import org.poolsim.cpu.DomainSpec;
import org.poolsim.cpu.Runstate;
import org.poolsim.cpu.sched.SchedDomain;
import org.poolsim.cpu.sched.Vcpu;
import org.poolsim.cpu.sched.VcpuProgram;
import org.poolsim.cpu.sched.WakeObserver;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.stat.LatencyHistogram;

/** One domain: its guest scheduler on the vCPUs that the hypervisor schedules. */
final class DetailedDomain implements CpuDomain, VcpuProgram, WakeObserver {
  private final Simulator simulator;
  private final String name;
  private final SchedDomain sched;
  private final GuestParameters guest;
  private final TaskQueue queue = new TaskQueue();
  private final GuestVcpu[] vcpus;
  private boolean paused;
  private boolean destroyed;
  private LatencyHistogram wakeToRun;
  private LongConsumer wakeConsumer;

  DetailedDomain(
      Simulator simulator,
      DomainSpec spec,
      SchedDomain sched,
      GuestParameters guest,
      RandomStreams streams) {
    this.simulator = simulator;
    this.name = spec.name();
    this.sched = sched;
    this.guest = guest;
    vcpus = new GuestVcpu[spec.vcpus()];
    for (int id = 0; id < vcpus.length; id++) {
      Vcpu vcpu = sched.vcpu(id);
      vcpu.setProgram(this);
      vcpus[id] = new GuestVcpu(this, queue, vcpu, streams.stream("vcpu-" + id));
    }
    for (GuestVcpu vcpu : vcpus) {
      if (spec.hardAffinity() != null || spec.softAffinity() != null) {
        vcpu.vcpu.setAffinity(spec.hardAffinity(), spec.softAffinity());
      }
      vcpu.vcpu.startBlocked();
    }
  }

  Simulator simulator() {
    return simulator;
  }

  SchedDomain sched() {
    return sched;
  }

  long quantumNanos() {
    return guest.quantumNanos();
  }

  long periodNanos() {
    return guest.periodNanos();
  }

  boolean isPaused() {
    return paused;
  }

  boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public int domid() {
    return sched.domid();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int vcpus() {
    return vcpus.length;
  }

  @Override
  public double activeTasks() {
    int tasks = queue.size();
    for (GuestVcpu vcpu : vcpus) {
      tasks += vcpu.wantsBackground() ? 1 : 0;
    }
    return tasks;
  }

  @Override
  public void setWeight(int weight) {
    DomainLimits.checkWeight(name, weight);
    sched.setWeight(weight);
  }

  @Override
  public void setCap(int percent) {
    DomainLimits.checkCap(name, percent);
    sched.setCap(percent);
  }

  @Override
  public void setAffinity(int vcpu, BitSet hard, BitSet soft) {
    vcpus[vcpu].vcpu.setAffinity(hard, soft);
  }

  @Override
  public void setRealTime(long periodNanos, long budgetNanos, boolean extratime) {
    for (GuestVcpu vcpu : vcpus) {
      vcpu.vcpu.setRealTime(periodNanos, budgetNanos, extratime);
    }
  }

  @Override
  public void pause() {
    if (!paused && !destroyed) {
      paused = true;
      sched.pause();
    }
  }

  @Override
  public void unpause() {
    if (paused && !destroyed) {
      paused = false;
      sched.unpause();
    }
  }

  @Override
  public void setDemand(int vcpu, double fraction) {
    DomainLimits.checkDemand(name, fraction);
    if (!destroyed) {
      vcpus[vcpu].setDemand(fraction);
    }
  }

  @Override
  public void submit(CpuWork work, long cpuNanos) {
    DomainLimits.checkWork(name, work, cpuNanos);
    if (destroyed) {
      throw new IllegalStateException(name + " has been destroyed: it takes no work");
    }
    boolean othersWaited = queue.anyWaits();
    queue.add(work, cpuNanos);
    for (GuestVcpu vcpu : vcpus) {
      if (vcpu.isBlocked()) {
        vcpu.wake();
        return;
      }
    }
    if (!othersWaited) {
      for (GuestVcpu vcpu : vcpus) {
        vcpu.beginTurns();
      }
    }
  }

  @Override
  public boolean cancel(CpuWork work) {
    int slot = queue.slotOf(work);
    if (slot < 0) {
      return false;
    }
    for (GuestVcpu vcpu : vcpus) {
      vcpu.withdraw(slot);
    }
    queue.remove(slot);
    return true;
  }

  @Override
  public long runningNanos(int vcpu) {
    return vcpus[vcpu].vcpu.runstateNanos(Runstate.RUNNING);
  }

  @Override
  public long runstateNanos(int vcpu, Runstate state) {
    return vcpus[vcpu].vcpu.runstateNanos(state);
  }

  @Override
  public long nonaffineNanos(int vcpu) {
    return vcpus[vcpu].vcpu.nonaffineNanos();
  }

  @Override
  public long domainRunstateNanos(DomainRunstate state) {
    return sched.runstateNanos(state);
  }

  /** Counts from now on how long woken vCPUs wait for a pCPU. */
  LatencyHistogram recordWakeToRun() {
    if (wakeToRun == null) {
      wakeToRun = new LatencyHistogram(1_000, 60_000_000_000L, 2);
      sched.setWakeObserver(this);
    }
    return wakeToRun;
  }

  @Override
  public void onWakeToRun(LongConsumer observer) {
    wakeConsumer = observer;
    sched.setWakeObserver(observer == null && wakeToRun == null ? null : this);
  }

  @Override
  public void ranAfter(Vcpu vcpu, long wakeToRunNanos) {
    if (wakeToRun != null) {
      wakeToRun.record(wakeToRunNanos);
    }
    if (wakeConsumer != null) {
      wakeConsumer.accept(wakeToRunNanos);
    }
  }

  @Override
  public void workDone(Vcpu vcpu) {
    vcpus[vcpu.id()].turnDone();
  }

  void destroy() {
    destroyed = true;
    queue.clear();
    for (GuestVcpu vcpu : vcpus) {
      vcpu.stop();
    }
    sched.destroy();
  }

  @Override
  public String toString() {
    return name;
  }
}
