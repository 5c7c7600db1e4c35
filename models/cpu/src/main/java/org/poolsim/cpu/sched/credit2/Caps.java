// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import java.util.Arrays;
import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.PcpuEvent;
import org.poolsim.cpu.sched.SchedulerParameters;

/** Caps: a pool of CPU time per domain and period, from which its units take (fact sheet 4.9). */
final class Caps {
  private final Credit2Scheduler scheduler;
  private final CpuPool pool;
  private final LoadTracking loads;
  private final long period;

  Caps(
      Credit2Scheduler scheduler,
      CpuPool pool,
      SchedulerParameters parameters,
      LoadTracking loads) {
    this.scheduler = scheduler;
    this.pool = pool;
    this.loads = loads;
    this.period = parameters.credit2CapPeriodNanos();
  }

  void join(Credit2Unit unit, Credit2Domain domain) {
    unit.domain = domain;
    unit.capped = domain.isCapped();
    domain.units = Arrays.copyOf(domain.units, domain.units.length + 1);
    domain.units[domain.units.length - 1] = unit;
  }

  void leave(Credit2Unit unit) {
    Credit2Domain domain = unit.domain;
    if (domain.replenishment != null) {
      domain.replenishment.disarm();
    }
    if (unit.isParked) {
      unparkAll(takeParked(domain), false, 0);
    }
    domain.units = Arrays.stream(domain.units).filter(u -> u != unit).toArray(Credit2Unit[]::new);
  }

  void set(Credit2Domain domain, int capPercent, long now) {
    if (capPercent == 0) {
      if (domain.isCapped()) {
        switchOff(domain, now);
      }
      return;
    }
    domain.poolPerPeriod = period * capPercent / 100;
    long quota = Math.max(domain.poolPerPeriod / domain.units.length, Credit2Scheduler.LEAST_SLICE);
    for (Credit2Unit unit : domain.units) {
      unit.budgetQuota = quota;
    }
    if (!domain.isCapped()) {
      switchOn(domain, now);
    }
    domain.cap = capPercent;
    for (Credit2Unit unit : domain.units) {
      unit.capped = true;
    }
  }

  private void switchOn(Credit2Domain domain, long now) {
    domain.pool = domain.poolPerPeriod;
    domain.nextReplenishment = now + period;
    if (domain.replenishment == null) {
      domain.replenishment = new Replenishment(domain);
    }
    domain.replenishment.arm(domain.nextReplenishment);
    for (Credit2Unit unit : domain.units) {
      unit.budget = 0;
      if (unit.isRunning()) {
        // Charged while there is no cap yet: what it ran so far does not count.
        unit.burn(now);
        scheduler.tickle(unit.queue, unit.pcpu());
      }
    }
  }

  private void switchOff(Credit2Domain domain, long now) {
    domain.replenishment.disarm();
    for (Credit2Unit unit : domain.units) {
      unit.budget = Credit2Unit.UNLIMITED;
      unit.budgetQuota = 0;
      unit.capped = false;
    }
    domain.cap = 0;
    unpark(takeParked(domain), now);
  }

  /** Gives a unit a quota if the pool has any, otherwise parks it; returns whether it can run. */
  boolean grab(Credit2Unit unit, long now) {
    if (unit.budget > 0) {
      return true;
    }
    Credit2Domain domain = unit.domain;
    domain.pool += unit.budget;
    if (domain.pool > 0) {
      unit.budget = Math.min(domain.pool, unit.budgetQuota);
      domain.pool -= unit.budget;
      return true;
    }
    unit.budget = 0;
    unit.park();
    unit.isParked = true;
    if (unit.queued) {
      unit.queue.remove(unit);
      loads.update(unit.queue, unit, -1, now);
    }
    unit.nextParked = domain.firstParked;
    domain.firstParked = unit;
    return false;
  }

  /** A unit is off its pCPU: returns the parked units that can run on what it left, as a list. */
  Credit2Unit giveBack(Credit2Unit unit) {
    if (!unit.capped) {
      return null;
    }
    Credit2Domain domain = unit.domain;
    if (unit.budget > 0) {
      domain.pool += unit.budget;
      unit.budget = 0;
    }
    return domain.pool > 0 ? takeParked(domain) : null;
  }

  private static Credit2Unit takeParked(Credit2Domain domain) {
    Credit2Unit first = domain.firstParked;
    domain.firstParked = null;
    return first;
  }

  /** Unparks a list of units, the one that was parked last first. */
  void unpark(Credit2Unit first, long now) {
    unparkAll(first, true, now);
  }

  private void unparkAll(Credit2Unit first, boolean enqueue, long now) {
    Credit2Unit next;
    for (Credit2Unit unit = first; unit != null; unit = next) {
      next = unit.nextParked;
      unit.nextParked = null;
      unit.isParked = false;
      unit.unpark();
      if (enqueue && unit.isRunnable() && !unit.isRunning() && !unit.queued) {
        scheduler.enqueueAndTickle(unit, now);
      }
    }
  }

  private void replenish(Credit2Domain domain, long now) {
    do {
      domain.nextReplenishment += period;
      domain.pool += domain.poolPerPeriod;
    } while (domain.nextReplenishment <= now);
    if (domain.pool > 0) {
      domain.pool = Math.min(domain.pool, domain.poolPerPeriod);
      unpark(takeParked(domain), now);
    }
    domain.replenishment.arm(domain.nextReplenishment);
  }

  private final class Replenishment extends PcpuEvent {
    private final Credit2Domain domain;

    Replenishment(Credit2Domain domain) {
      super(pool.host());
      this.domain = domain;
    }

    @Override
    protected int pcpu() {
      return domain.timerPcpu;
    }

    @Override
    protected void handle() {
      replenish(domain, pool.host().simulator().nowNanos());
    }
  }
}
