// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Gauge;

/**
 * The first field of {@code /proc/loadavg}: the tasks that run or are ready to, looked at every 5 s
 * and averaged exponentially over a minute, {@code load = n + (load - n) * exp(-5/60)}, shown with
 * two decimals. Where the number of tasks changes at known instants only, nothing is computed once
 * the figure stands still.
 */
final class LoadAverage extends Event {
  private static final long TICK_NANOS = 5_000_000_000L;
  private static final double DECAY = Math.exp(-5.0 / 60);

  /** Below this distance the two decimals do not change any more. */
  private static final double SETTLED = 0.001;

  private final Simulator simulator;
  private final Gauge gauge;
  private final CpuDomain dom0;
  private final boolean told;
  private double load;

  LoadAverage(Simulator simulator, Gauge gauge, CpuDomain dom0, boolean told) {
    this.simulator = simulator;
    this.gauge = gauge;
    this.dom0 = dom0;
    this.told = told;
    scheduleTick();
  }

  private void scheduleTick() {
    simulator.schedule(this, (simulator.nowNanos() / TICK_NANOS + 1) * TICK_NANOS);
  }

  /** The number of tasks may have changed. */
  void activityChanged() {
    if (!isPending() && Math.abs(load - dom0.activeTasks()) > SETTLED) {
      scheduleTick();
    }
  }

  @Override
  protected void fire() {
    double tasks = dom0.activeTasks();
    load = tasks + (load - tasks) * DECAY;
    gauge.set(Math.rint(load * 100) / 100);
    if (!told || Math.abs(load - tasks) > SETTLED) {
      scheduleTick();
    }
  }

  @Override
  public String toString() {
    return "load average of " + dom0.name();
  }
}
