// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.fixed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.poolsim.cpu.sched.CpuMask;
import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.SchedUnit;
import org.poolsim.cpu.sched.Scheduler;

/** Static assignment (fact sheet 6). */
final class NullScheduler extends Scheduler {
  private final NullUnit[] unitOf;
  private final CpuMask free;
  private final CpuMask scratch;
  private final Deque<NullUnit> waiting = new ArrayDeque<>();

  NullScheduler(CpuPool pool) {
    super(pool);
    int size = pool.topology().pcpus();
    unitOf = new NullUnit[size];
    free = new CpuMask(size);
    scratch = new CpuMask(size);
  }

  @Override
  protected SchedUnit newUnit() {
    return new NullUnit();
  }

  @Override
  protected void pcpuUp(int cpu, SchedUnit idle, long now) {
    free.set(cpu);
    takeWaiting(cpu);
  }

  @Override
  protected void pcpuLeaves(int cpu, long now) {
    free.clear(cpu);
  }

  @Override
  protected void insert(SchedUnit unit, long now) {
    super.insert(unit, now);
    assign((NullUnit) unit);
  }

  @Override
  protected void remove(SchedUnit unit, long now) {
    unassign((NullUnit) unit);
  }

  @Override
  protected int pickPcpu(SchedUnit unit, long now) {
    int own = unit.pcpu();
    if (unit.softAffinityMatters()) {
      int cpu = freeIn(unit.softAndHardAffinity(), unit, own);
      if (cpu >= 0) {
        return cpu;
      }
    }
    int cpu = freeIn(unit.hardAffinity(), unit, own);
    if (cpu >= 0) {
      return cpu;
    }
    scratch.and(unit.hardAffinity(), pool.pcpus());
    return scratch.testOrCycle(own);
  }

  private int freeIn(CpuMask mask, SchedUnit unit, int own) {
    if (own != leavingPcpu && mask.test(own) && (free.test(own) || unitOf[own] == unit)) {
      return own;
    }
    scratch.and(mask, free);
    return scratch.first();
  }

  @Override
  protected void move(SchedUnit unit, int cpu, long now) {
    NullUnit moved = (NullUnit) unit;
    unassign(moved);
    moved.setPcpu(cpu);
    assign(moved);
  }

  private void assign(NullUnit unit) {
    int cpu = unit.pcpu();
    if (unitOf[cpu] == null && unit.hardAffinity().test(cpu)) {
      unitOf[cpu] = unit;
      free.clear(cpu);
      unit.assigned = true;
      pool.raise(cpu);
    } else {
      waiting.add(unit);
    }
  }

  private void unassign(NullUnit unit) {
    if (!unit.assigned) {
      waiting.remove(unit);
      return;
    }
    int cpu = unit.pcpu();
    unit.assigned = false;
    unitOf[cpu] = null;
    if (cpu == leavingPcpu) {
      return;
    }
    free.set(cpu);
    pool.raise(cpu);
    takeWaiting(cpu);
  }

  /** A pCPU that becomes free takes the first that waits for it, one that prefers it first. */
  private void takeWaiting(int cpu) {
    for (int softStep = 1; softStep >= 0; softStep--) {
      Iterator<NullUnit> candidates = waiting.iterator();
      while (candidates.hasNext()) {
        NullUnit candidate = candidates.next();
        boolean suits =
            softStep == 1
                ? candidate.softAffinityMatters() && candidate.softAndHardAffinity().test(cpu)
                : candidate.hardAffinity().test(cpu);
        if (suits) {
          candidates.remove();
          candidate.setPcpu(cpu);
          assign(candidate);
          return;
        }
      }
    }
  }

  @Override
  protected void wake(SchedUnit unit, long now) {
    NullUnit woken = (NullUnit) unit;
    if (woken.assigned && !woken.isRunning()) {
      pool.raise(woken.pcpu());
    }
  }

  @Override
  protected void sleep(SchedUnit unit, long now) {
    if (unit.isRunning()) {
      pool.raise(unit.pcpu());
    }
  }

  @Override
  protected SchedUnit schedule(int cpu, SchedUnit current, long now) {
    sliceNanos = -1;
    NullUnit unit = unitOf[cpu];
    return unit != null && unit.isRunnable() && (!unit.isRunning() || unit == current)
        ? unit
        : pool.idle(cpu);
  }
}
