// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Gauge;

/**
 * The first field of {@code /proc/loadavg}: the tasks that run or are ready to, looked at every 5 s
 * and averaged exponentially over a minute, {@code load = n + (load - n) * exp(-5/60)}, shown with
 * two decimals.
 *
 * <p>Where the number of tasks changes at known instants only, the course between them is known:
 * the gauge is set again when it would be wrong by more than 0.05 or a tenth of the distance still
 * to go, whichever is larger, and is left alone once it stands still.
 */
final class LoadAverage extends Event {
  private static final long TICK_NANOS = 5_000_000_000L;
  private static final double TICKS_PER_MINUTE = 12;

  /** Below this distance the two decimals do not change any more. */
  private static final double SETTLED = 0.005;

  private static final double STEP = 0.05;
  private static final double RELATIVE_STEP = 0.1;

  private final Simulator simulator;
  private final Gauge gauge;
  private final CpuDomain dom0;
  private final boolean told;

  /** Tasks since the last change, or at the last tick. */
  private double tasks;

  /** The average at tick {@link #tick}. */
  private double load;

  private long tick;

  /**
   * Begins at zero.
   *
   * @param told whether {@link #activityChanged} is called at each change; otherwise every tick
   *     looks
   */
  LoadAverage(Simulator simulator, Gauge gauge, CpuDomain dom0, boolean told) {
    this.simulator = simulator;
    this.gauge = gauge;
    this.dom0 = dom0;
    this.told = told;
    tick = simulator.nowNanos() / TICK_NANOS;
    tasks = dom0.activeTasks();
    scheduleNext();
  }

  /** The number of tasks may have changed. */
  void activityChanged() {
    double newTasks = dom0.activeTasks();
    if (newTasks != tasks) {
      advance();
      tasks = newTasks;
      scheduleNext();
    }
  }

  private void advance() {
    long now = simulator.nowNanos() / TICK_NANOS;
    load = tasks + (load - tasks) * Math.exp((tick - now) / TICKS_PER_MINUTE);
    tick = now;
  }

  private void scheduleNext() {
    long ticks = 1;
    if (told) {
      double distance = Math.abs(load - tasks);
      if (distance <= SETTLED) {
        simulator.cancel(this);
        return;
      }
      double step = Math.max(STEP, RELATIVE_STEP * distance);
      double left = Math.max(distance - step, SETTLED);
      ticks = Math.max(1, (long) Math.ceil(Math.log(distance / left) * TICKS_PER_MINUTE));
    }
    simulator.reschedule(this, (tick + ticks) * TICK_NANOS);
  }

  @Override
  protected void fire() {
    if (!told) {
      tasks = dom0.activeTasks();
    }
    advance();
    gauge.set(Math.rint(load * 100) / 100);
    scheduleNext();
  }

  @Override
  public String toString() {
    return "load average of " + dom0.name();
  }
}
