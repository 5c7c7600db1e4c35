// SPDX-License-Identifier: Apache-2.0
package org.example.lottery;

import java.util.ArrayList;
import java.util.List;
import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.SchedUnit;
import org.poolsim.cpu.sched.Scheduler;

/**
 * Lottery scheduling (Waldspurger and Weihl, OSDI 1994): at the end of each slice a ticket is drawn,
 * and a domain's weight is the number of tickets of each of its vCPUs. All pCPUs share one list of
 * waiting vCPUs; nobody preempts.
 */
final class LotteryScheduler extends Scheduler {
  private final long sliceLength;
  private final List<Ticket> waiting = new ArrayList<>();

  /** State of the draws: the scheduler is deterministic, as everything in a simulation. */
  private long state = 0x9E3779B97F4A7C15L;

  /** What this scheduler knows of a vCPU: nothing but what every unit knows. */
  private static final class Ticket extends SchedUnit {}

  LotteryScheduler(CpuPool pool, long sliceLength) {
    super(pool);
    this.sliceLength = sliceLength;
  }

  @Override
  protected SchedUnit newUnit() {
    return new Ticket();
  }

  @Override
  protected int pickPcpu(SchedUnit unit, long now) {
    return unit.hardAffinity().testOrCycle(unit.pcpu());
  }

  @Override
  protected void wake(SchedUnit unit, long now) {
    if (unit.isRunning() || waiting.contains(unit)) {
      return;
    }
    waiting.add((Ticket) unit);
    for (int cpu = pool.pcpus().first(); cpu >= 0; cpu = pool.pcpus().next(cpu + 1)) {
      if (pool.current(cpu).isIdle() && unit.hardAffinity().test(cpu)) {
        pool.raise(cpu);
        return;
      }
    }
  }

  @Override
  protected void sleep(SchedUnit unit, long now) {
    waiting.remove(unit);
    if (unit.isRunning()) {
      pool.raise(unit.pcpu());
    }
  }

  @Override
  protected SchedUnit schedule(int cpu, SchedUnit current, long now) {
    if (!current.isIdle() && current.isRunnable()) {
      waiting.add((Ticket) current);
    }
    long tickets = 0;
    for (Ticket unit : waiting) {
      tickets += unit.hardAffinity().test(cpu) ? unit.domain().weight() : 0;
    }
    if (tickets == 0 || cpu == leavingPcpu) {
      sliceNanos = -1;
      return pool.idle(cpu);
    }
    long drawn = Math.floorMod(draw(), tickets);
    for (Ticket unit : waiting) {
      drawn -= unit.hardAffinity().test(cpu) ? unit.domain().weight() : 0;
      if (drawn < 0) {
        waiting.remove(unit);
        unit.setPcpu(cpu);
        sliceNanos = sliceLength;
        return unit;
      }
    }
    throw new AssertionError("fewer tickets than counted");
  }

  private long draw() {
    state ^= state << 13;
    state ^= state >>> 7;
    state ^= state << 17;
    return state;
  }
}
