// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import java.util.ArrayDeque;
import org.poolsim.cpu.sched.SchedulerExample.Turn;

/** One queue, turns of 5 ms, nobody preempts. */
public final class RoundRobinScheduler extends Scheduler {
  private static final long TURN_NANOS = 5_000_000L;

  private final ArrayDeque<Turn> queue = new ArrayDeque<>();

  /** Creates the policy of a pool. */
  public RoundRobinScheduler(CpuPool pool) {
    super(pool);
  }

  @Override
  protected SchedUnit newUnit() {
    return new Turn();
  }

  @Override
  protected int pickPcpu(SchedUnit unit, long now) {
    return unit.hardAffinity().testOrCycle(unit.pcpu());
  }

  @Override
  protected void wake(SchedUnit unit, long now) {
    if (unit.isRunning() || queue.contains(unit)) {
      return;
    }
    queue.add((Turn) unit);
    for (int cpu = pool.pcpus().first(); cpu >= 0; cpu = pool.pcpus().next(cpu + 1)) {
      if (pool.current(cpu).isIdle() && unit.hardAffinity().test(cpu)) {
        pool.raise(cpu);
      }
    }
  }

  @Override
  protected void sleep(SchedUnit unit, long now) {
    queue.remove(unit);
    if (unit.isRunning()) {
      pool.raise(unit.pcpu());
    }
  }

  @Override
  protected SchedUnit schedule(int cpu, SchedUnit current, long now) {
    if (!current.isIdle() && current.isRunnable()) {
      queue.add((Turn) current);
    }
    for (Turn next : queue) {
      if (next.hardAffinity().test(cpu)) {
        queue.remove(next);
        next.setPcpu(cpu);
        sliceNanos = TURN_NANOS;
        return next;
      }
    }
    sliceNanos = -1;
    return pool.idle(cpu);
  }
}
