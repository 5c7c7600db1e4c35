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
  }

  @Override
  protected void pcpuLeaves(int cpu, long now) {
    free.clear(cpu);
  }

  @Override
  protected void insert(SchedUnit unit, long now) {
    super.insert(unit, now);
    NullUnit inserted = (NullUnit) unit;
    int cpu = unit.pcpu();
    if (unitOf[cpu] == null && unit.hardAffinity().test(cpu)) {
      assign(inserted, cpu);
    } else {
      waiting.add(inserted);
    }
  }

  @Override
  protected void remove(SchedUnit unit, long now) {
    NullUnit removed = (NullUnit) unit;
    if (removed.assigned) {
      unassign(removed);
    } else {
      waiting.remove(removed);
    }
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

  /**
   * As in the source, a unit that is sent where it already is stays as it is, even if it waits; one
   * that waits and gets no pCPU keeps its turn.
   */
  @Override
  protected void move(SchedUnit unit, int cpu, long now) {
    NullUnit moved = (NullUnit) unit;
    if (moved.pcpu() == cpu) {
      return;
    }
    if (moved.assigned) {
      unassign(moved);
    }
    if (unitOf[cpu] == null && moved.hardAffinity().test(cpu)) {
      waiting.remove(moved);
      assign(moved, cpu);
    } else if (!waiting.contains(moved)) {
      waiting.add(moved);
    }
    moved.setPcpu(cpu);
  }

  private void assign(NullUnit unit, int cpu) {
    unitOf[cpu] = unit;
    free.clear(cpu);
    unit.assigned = true;
    unit.setPcpu(cpu);
  }

  private void unassign(NullUnit unit) {
    int cpu = unit.pcpu();
    unit.assigned = false;
    unitOf[cpu] = null;
    if (cpu == leavingPcpu) {
      return;
    }
    free.set(cpu);
    if (takeWaiting(cpu)) {
      pool.raise(cpu);
    }
  }

  /**
   * A pCPU that is free takes the first that waits for it, one that prefers it first.
   *
   * @return whether there was one
   */
  private boolean takeWaiting(int cpu) {
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
          assign(candidate, cpu);
          return true;
        }
      }
    }
    return false;
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
    if (unitOf[cpu] == null && cpu != leavingPcpu && !waiting.isEmpty()) {
      takeWaiting(cpu);
    }
    NullUnit unit = unitOf[cpu];
    return unit != null && unit.isRunnable() && (!unit.isRunning() || unit == current)
        ? unit
        : pool.idle(cpu);
  }
}
