// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * pCPUs that join and leave pools, and domains that move between them (fact: {@code
 * common/sched/cpupool.c} and {@code core.c}).
 */
final class PoolMoves {
  private final SchedHost host;

  PoolMoves(SchedHost host) {
    this.host = host;
  }

  boolean hasDomains(CpuPool pool) {
    for (SchedDomain domain : host.domains()) {
      if (domain.pool() == pool || domain.destination() == pool) {
        return true;
      }
    }
    return false;
  }

  /** The domains of a pool in the hypervisor's order, which is that of their ids. */
  private List<SchedDomain> byDomid(CpuPool pool) {
    List<SchedDomain> domains = new ArrayList<>();
    for (SchedDomain domain : host.domains()) {
      if (domain.pool() == pool) {
        domains.add(domain);
      }
    }
    domains.sort(Comparator.comparingInt(SchedDomain::domid));
    return domains;
  }

  /** A pCPU comes up in a pool, of whose set it is: idle, and reschedules once. */
  void comeUp(CpuPool pool, int cpu) {
    boolean outermost = host.enter(cpu);
    long now = host.simulator().nowNanos();
    Pcpu pcpu = host.pcpus[cpu];
    SchedUnit idle = pool.scheduler.newUnit();
    idle.pcpu = cpu;
    idle.running = true;
    idle.stateEntryNanos = now;
    pcpu.pool = pool;
    pcpu.scheduler = pool.scheduler;
    pcpu.idle = idle;
    host.current[cpu] = idle;
    host.switchedNanos[cpu] = now;
    pool.scheduler.pcpuUp(cpu, idle, now);
    host.raise(cpu);
    host.leave(outermost);
  }

  /** A pCPU joins a pool that runs. */
  void join(CpuPool pool, int cpu) {
    host.requireNothingHandled();
    pool.pcpusChanged();
    for (SchedDomain domain : host.domains()) {
      if (domain.pool() == pool) {
        domain.poolChanged();
      }
    }
    comeUp(pool, cpu);
  }

  /** A pCPU leaves its pool. */
  void leave(int cpu) {
    host.requireNothingHandled();
    Pcpu pcpu = host.pcpus[cpu];
    CpuPool pool = pcpu.pool;
    if (pool == null) {
      throw new IllegalArgumentException("pCPU " + cpu + " is in no pool");
    }
    if (pool.pcpus.count() == 1 && hasDomains(pool)) {
      throw new IllegalArgumentException("pCPU " + cpu + " is the last one of a pool with domains");
    }
    long now = host.simulator().nowNanos();
    // The pCPU itself does it: its own rescheduling takes no time and is done when it ends.
    boolean outermost = host.enter(cpu);
    Scheduler scheduler = pool.scheduler;
    pool.pcpus.clear(cpu);
    scheduler.leavingPcpu = cpu;
    scheduler.pcpuLeaves(cpu, now);
    List<SchedDomain> domains = byDomid(pool);
    List<CpuMask> hard = new ArrayList<>();
    for (SchedDomain domain : domains) {
      domain.poolChanged();
      domain.hide(cpu, hard);
    }
    for (SchedDomain domain : domains) {
      domain.vacate(cpu, now);
    }
    host.leave(outermost);
    if (!host.current[cpu].isIdle()) {
      throw new IllegalStateException(
          pool.schedulerName()
              + " runs "
              + host.current[cpu].vcpu
              + " on pCPU "
              + cpu
              + ", which leaves");
    }
    if (host.deadlines() == null) {
      pcpu.sliceTimer.stop();
      host.simulator().cancel(pcpu.ipi);
    } else {
      host.deadlines().leaves(pcpu);
    }
    pool.pcpusChanged();
    scheduler.pcpuDown(cpu, now);
    scheduler.leavingPcpu = -1;
    Iterator<CpuMask> masks = hard.iterator();
    domains.forEach(domain -> domain.showAgain(masks));
    pcpu.pool = null;
    pcpu.scheduler = null;
  }
}
