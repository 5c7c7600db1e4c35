// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import org.poolsim.cpu.CpuTopology;

/**
 * A set of pCPUs of a host with a scheduler instance of its own (a cpupool), and what its policy
 * sees of the host.
 */
public final class CpuPool {
  final SchedHost host;
  final CpuMask pcpus;
  final Scheduler scheduler;
  private final String schedulerName;
  private final SchedUnit[] current;
  private final long[] switchedNanos;
  private final long uptimeNanos;

  /** The threads of each pCPU's core that are in the pool. */
  private final CpuMask[] cores;

  CpuPool(
      SchedHost host, CpuMask pcpus, SchedulerProvider provider, SchedulerParameters parameters) {
    this.host = host;
    this.pcpus = pcpus;
    this.schedulerName = provider.name();
    this.cores = new CpuMask[host.topology().pcpus()];
    pcpusChanged();
    this.current = host.current;
    this.switchedNanos = host.switchedNanos;
    this.uptimeNanos = host.timing().uptimeNanos();
    this.scheduler = provider.create(this, parameters);
  }

  /** The set of pCPUs is another one. */
  void pcpusChanged() {
    for (int cpu = 0; cpu < cores.length; cpu++) {
      CpuMask core = host.pcpus[cpu].core;
      if (!core.isSubsetOf(pcpus)) {
        core = new CpuMask(cores.length);
        core.and(host.pcpus[cpu].core, pcpus);
      }
      cores[cpu] = core;
    }
  }

  /** Returns the host. */
  public SchedHost host() {
    return host;
  }

  /** Returns the name of the pool's scheduler. */
  public String schedulerName() {
    return schedulerName;
  }

  /** Returns the pCPUs of the pool. Not to be changed. */
  public CpuMask pcpus() {
    return pcpus;
  }

  /**
   * Returns the sockets, cores and threads of the host as its schedulers see them: with granularity
   * core each core is a pCPU, with granularity socket each socket.
   */
  public CpuTopology topology() {
    return host.topology();
  }

  /**
   * Returns the threads of a pCPU's core that are in the pool, one that is about to leave included.
   * Not to be changed.
   */
  public CpuMask coreOf(int cpu) {
    return cores[cpu];
  }

  /** Returns the pCPUs of a pCPU's socket, itself included. Not to be changed. */
  public CpuMask socketOf(int cpu) {
    return host.pcpus[cpu].socket;
  }

  /** Returns the number of a pCPU's socket, which is its NUMA node. */
  public int socketNumber(int cpu) {
    return host.pcpus[cpu].socketNumber;
  }

  /** Returns what a pCPU runs now. */
  public SchedUnit current(int cpu) {
    return current[cpu];
  }

  /** Returns when a pCPU last began to run something else: the state entry of what it runs. */
  public long switchedNanos(int cpu) {
    return switchedNanos[cpu];
  }

  /**
   * Returns whether a unit of the host may have a soft affinity other than all pCPUs: false as long
   * as none ever had.
   */
  public boolean anySoftAffinity() {
    return host.softAffinityGiven;
  }

  /** Returns the idle unit of a pCPU. */
  public SchedUnit idle(int cpu) {
    return host.pcpus[cpu].idle;
  }

  /** Returns the pCPU on which the hypervisor executes now. */
  public int executingPcpu() {
    return host.executing;
  }

  /**
   * Returns which idle pCPU each pCPU of the host tickled last, for policies that tickle in turn.
   * One that executes for another pool's domain counts on, whatever pool it is in (fact: {@code
   * last_tickle_cpu} of credit is a variable of the physical pCPU).
   */
  public int[] lastTickle() {
    return host.lastTickle;
  }

  /** Returns the hypervisor's system time for a time of the simulation. */
  public long systemTime(long now) {
    return now + uptimeNanos;
  }

  /** Asks a pCPU to reschedule; a request that is under way already is not repeated. */
  public void raise(int cpu) {
    host.raise(cpu);
  }

  /** Pauses a vCPU on the policy's account: it runs on until its pCPU reschedules. */
  public void pause(SchedUnit unit) {
    if (unit.group == null) {
      unit.vcpu.addPause();
    } else {
      for (Vcpu member : unit.group.members) {
        member.addPause();
      }
    }
  }

  /** Ends one {@link #pause}; the last one wakes the vCPU. */
  public void unpause(SchedUnit unit) {
    if (unit.group == null) {
      unit.vcpu.removePause();
    } else {
      for (Vcpu member : unit.group.members) {
        member.removePause();
      }
    }
  }
}
