// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import org.poolsim.cpu.sched.CpuMask;
import org.poolsim.cpu.sched.CpuPool;

/** Which run queue and pCPU a unit is placed on (fact sheet 4.10). */
final class Placement {
  private final CpuPool pool;
  private final RunQueues queues;
  private final CpuMask hard;
  private final CpuMask soft;
  private final CpuMask scratch;

  Placement(CpuPool pool, RunQueues queues) {
    this.pool = pool;
    this.queues = queues;
    int size = pool.topology().pcpus();
    hard = new CpuMask(size);
    soft = new CpuMask(size);
    scratch = new CpuMask(size);
  }

  /**
   * Places a new unit. The source cannot lock the queue of the initial pCPU here, which therefore
   * counts as infinitely loaded: the least loaded of the others is taken, or the initial pCPU.
   */
  int initial(Credit2Unit unit) {
    return pick(unit, queues.of(unit.pcpu()));
  }

  /** Places a unit anew: where it was asked to move, otherwise on the least loaded queue. */
  int pick(Credit2Unit unit) {
    RunQueue requested = unit.requestedQueue;
    unit.requestedQueue = null;
    if (requested != null) {
      scratch.and(unit.hardAffinity(), requested.pcpus);
      if (!scratch.isEmpty()) {
        return take(requested);
      }
    }
    return pick(unit, null);
  }

  /** Puts a unit on a pCPU of a queue that it joins. */
  void enter(Credit2Unit unit, RunQueue queue) {
    scratch.and(unit.hardAffinity(), queue.pcpus);
    unit.setPcpu(take(queue));
  }

  private int take(RunQueue queue) {
    queue.pickBias = scratch.cycle(queue.pickBias);
    return queue.pickBias;
  }

  private int pick(Credit2Unit unit, RunQueue unknown) {
    hard.and(unit.hardAffinity(), pool.pcpus());
    boolean prefers = unit.softAffinityMatters();
    soft.and(unit.softAndHardAffinity(), pool.pcpus());
    RunQueue best = null;
    RunQueue bestPreferred = null;
    long least = Long.MAX_VALUE;
    long leastPreferred = Long.MAX_VALUE;
    for (int i = 0; i < queues.count(); i++) {
      RunQueue queue = queues.get(i);
      if (queue == unknown || !hard.intersects(queue.pcpus)) {
        continue;
      }
      long load =
          queue == unit.queue ? Math.max(queue.balanceLoad - unit.load, 0) : queue.balanceLoad;
      if (prefers && load < leastPreferred && soft.intersects(queue.pcpus)) {
        leastPreferred = load;
        bestPreferred = queue;
      }
      if (load < least) {
        least = load;
        best = queue;
      }
    }
    if (bestPreferred != null) {
      // As in the source, the least loaded queue of all turns, even if it is another one.
      scratch.and(soft, bestPreferred.pcpus);
      return take(best);
    }
    if (best != null) {
      scratch.and(hard, best.pcpus);
      return take(best);
    }
    return fallback(unit);
  }

  private int fallback(Credit2Unit unit) {
    CpuMask own = queues.of(unit.pcpu()).pcpus;
    if (unit.softAffinityMatters() && !soft.isEmpty()) {
      return nearest(unit.pcpu(), own, soft);
    }
    return nearest(unit.pcpu(), own, hard);
  }

  private int nearest(int cpu, CpuMask own, CpuMask allowed) {
    if (allowed.test(cpu)) {
      return cpu;
    }
    scratch.and(allowed, own);
    return scratch.isEmpty() ? allowed.first() : scratch.first();
  }
}
