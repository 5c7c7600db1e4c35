// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import org.poolsim.cpu.sched.CpuPool;

/**
 * Load of run queues and units, and their averages (fact sheet 4.10). They decide which run queue a
 * unit is on: where there can be one only, nothing is tracked.
 */
final class LoadTracking {
  private final CpuPool pool;
  private final LoadAverage average;
  private final boolean matters;

  /**
   * Tracks the loads of a pool.
   *
   * @param matters whether there can ever be several run queues
   */
  LoadTracking(CpuPool pool, int windowShiftNanos, boolean matters) {
    this.pool = pool;
    this.matters = matters;
    this.average = new LoadAverage(windowShiftNanos);
  }

  /** Returns a time as the averages count it. */
  long sample(long now) {
    return pool.systemTime(now) >> LoadAverage.GRANULARITY_SHIFT;
  }

  /** The load of a queue changes, or is brought up to date with a change of 0. */
  void update(RunQueue queue, int change, long now) {
    if (!matters) {
      return;
    }
    long sample = sample(now);
    long elapsed = sample - queue.loadUpdated;
    queue.balanceLoad = average.decay(queue.balanceLoad, queue.load, elapsed);
    queue.load += change;
    queue.loadUpdated = sample;
  }

  /** The load of a unit changes; the load before follows from the change. */
  void update(Credit2Unit unit, int change, long now) {
    if (!matters) {
      return;
    }
    long before;
    if (change == 0) {
      before = unit.isRunnable() ? 1 : 0;
    } else {
      before = change < 0 ? 1 : 0;
    }
    long sample = sample(now);
    unit.load = average.decay(unit.load, before, sample - unit.loadUpdated);
    unit.loadUpdated = sample;
  }

  /** Both. */
  void update(RunQueue queue, Credit2Unit unit, int change, long now) {
    update(queue, change, now);
    update(unit, change, now);
  }
}
