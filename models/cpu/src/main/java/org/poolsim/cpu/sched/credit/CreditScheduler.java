// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit;

import org.poolsim.cpu.sched.CpuMask;
import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.PcpuTimer;
import org.poolsim.cpu.sched.Quotient;
import org.poolsim.cpu.sched.SchedDomain;
import org.poolsim.cpu.sched.SchedUnit;
import org.poolsim.cpu.sched.Scheduler;
import org.poolsim.cpu.sched.SchedulerParameters;

/** Credit: queues, boosts, ticks and steals. The fact sheet's sections are named at each part. */
class CreditScheduler extends Scheduler {
  private static final long MILLISECOND = 1_000_000L;
  private static final int CREDITS_PER_MILLISECOND = 10;

  /** The smallest slice; meant as microseconds by the source, compared as nanoseconds. */
  private static final long LEAST_SLICE_NANOS = 100;

  private final long sliceLength;
  private final long tickPeriod;
  private final long ratelimit;
  private final long migrationDelay;
  private final long loadBalanceInterval;
  private final boolean tickleOneIdle;
  private final PcpuPicker picker;
  private final CreditAccounting accounting;
  private final CreditPcpu[] pcpus;
  private final int[] lastTickle;
  private final int[] balanceBias;
  private final int nodes;
  private final CpuMask idlers;
  private final CpuMask suitable;
  private final CpuMask[] nodePcpus;
  private final CpuMask workers;

  /** pCPUs with runnable units beside the one that runs: only there is something to steal. */
  private final CpuMask loaded;

  CreditScheduler(CpuPool pool, SchedulerParameters parameters, CreditAccounting accounting) {
    super(pool);
    this.accounting = accounting;
    int size = pool.topology().pcpus();
    sliceLength = parameters.creditTsliceNanos();
    int ticks = sliceLength < 3 * MILLISECOND ? 1 : 3;
    tickPeriod = sliceLength / ticks / 1000 * 1000;
    // No slice is longer than the time slice, not even one that the ratelimit protects.
    ratelimit = Math.min(parameters.ratelimitNanos(), sliceLength);
    migrationDelay = parameters.creditMigrationDelayNanos();
    loadBalanceInterval = parameters.creditLoadBalanceNanos();
    tickleOneIdle = parameters.creditTickleOneIdle();
    pcpus = new CreditPcpu[size];
    lastTickle = pool.lastTickle();
    nodes = pool.topology().sockets();
    balanceBias = new int[nodes];
    nodePcpus = new CpuMask[nodes];
    idlers = new CpuMask(size);
    suitable = new CpuMask(size);
    workers = new CpuMask(size);
    loaded = new CpuMask(size);
    picker = new PcpuPicker(pool, pcpus, idlers, parameters.smtPowerSavings());
  }

  @Override
  protected SchedUnit newUnit() {
    return new CreditUnit();
  }

  @Override
  protected Object newDomain(SchedDomain domain) {
    return new CreditDomain(domain.domid() == 0);
  }

  @Override
  protected void pcpuUp(int cpu, SchedUnit idle, long now) {
    ((CreditUnit) idle).priority = CreditUnit.IDLE;
    int node = pool.socketNumber(cpu);
    if (nodePcpus[node] == null) {
      nodePcpus[node] = new CpuMask(pool.topology().pcpus());
      balanceBias[node] = cpu;
    }
    nodePcpus[node].set(cpu);
    accounting.pcpuUp(cpu, now);
    CreditPcpu pcpu = new CreditPcpu(new Tick(cpu));
    pcpu.lastLoadBalanceNanos = now;
    pcpu.sortedEpoch = accounting.sortEpoch();
    pcpu.idleBias = pool.topology().pcpus() - 1;
    pcpus[cpu] = pcpu;
    idlers.set(cpu);
    pcpu.tick.set(now + tickPeriod);
  }

  @Override
  protected void pcpuLeaves(int cpu, long now) {
    // It may not be chosen any more, but while it is there its core and socket are as idle as
    // before.
    picker.leaves(cpu, idlers.test(cpu));
    idlers.clear(cpu);
    int node = pool.socketNumber(cpu);
    nodePcpus[node].clear(cpu);
    if (nodePcpus[node].isEmpty()) {
      nodePcpus[node] = null;
    }
  }

  @Override
  protected void pcpuDown(int cpu, long now) {
    picker.leaves(-1, false);
    int node = pool.socketNumber(cpu);
    if (balanceBias[node] == cpu && nodePcpus[node] != null) {
      balanceBias[node] = nodePcpus[node].first();
    }
    pcpus[cpu].tick.stop();
    pcpus[cpu] = null;
    accounting.pcpuDown(cpu);
  }

  @Override
  protected void insert(SchedUnit unit, long now) {
    CreditUnit inserted = (CreditUnit) unit;
    inserted.domain = (CreditDomain) unit.domain().policyState();
    super.insert(unit, now);
  }

  @Override
  protected void remove(SchedUnit unit, long now) {
    CreditUnit removed = (CreditUnit) unit;
    if (removed.active) {
      accounting.deactivate(removed);
    }
    if (removed.parked) {
      removed.parked = false;
      pool.unpause(removed);
    }
  }

  /** The number of runnable units of a pCPU changes. */
  private void count(int cpu, int change) {
    int runnable = pcpus[cpu].runnable + change;
    pcpus[cpu].runnable = runnable;
    loaded.put(cpu, runnable > 1);
  }

  @Override
  protected void weightAndCap(SchedDomain domain, int weight, int capPercent, long now) {
    CreditDomain changed = (CreditDomain) domain.policyState();
    if (weight > 0) {
      accounting.setWeight(changed, weight);
    }
    if (capPercent >= 0) {
      changed.cap = capPercent;
    }
  }

  @Override
  protected int pickPcpu(SchedUnit unit, long now) {
    CreditUnit picked = (CreditUnit) unit;
    picked.migrating = true;
    return picker.pick(picked, PcpuPicker.COMMIT);
  }

  // ---- 3.6 wake, 3.7 tickle ----

  @Override
  protected void wake(SchedUnit unit, long now) {
    CreditUnit woken = (CreditUnit) unit;
    int cpu = woken.pcpu();
    if (woken.queued || pool.current(cpu) == woken) {
      return;
    }
    if (!woken.migrating && woken.priority == CreditUnit.UNDER && !woken.parked) {
      woken.priority = CreditUnit.BOOST;
    }
    woken.migrating = false;
    count(cpu, 1);
    pcpus[cpu].insert(woken);
    tickle(woken, cpu);
  }

  @Override
  protected void sleep(SchedUnit unit, long now) {
    CreditUnit sleeper = (CreditUnit) unit;
    int cpu = sleeper.pcpu();
    if (pool.current(cpu) == sleeper) {
      pool.raise(cpu);
    } else if (sleeper.queued) {
      count(cpu, -1);
      pcpus[cpu].remove(sleeper);
    }
  }

  @Override
  protected void yieldPcpu(SchedUnit unit, long now) {
    ((CreditUnit) unit).yielding = true;
  }

  private void tickle(CreditUnit woken, int cpu) {
    CreditUnit current = (CreditUnit) pool.current(cpu);
    boolean noIdlers = idlers.isEmpty();
    if ((woken.isPinned() && idlers.test(cpu))
        || current.priority == CreditUnit.IDLE
        || (noIdlers && woken.priority > current.priority)) {
      tickle(cpu);
      return;
    }
    if (noIdlers) {
      return;
    }
    if (woken.softAffinityMatters()) {
      suitable.and(idlers, woken.softAndHardAffinity());
      if (!suitable.isEmpty()) {
        tickleSuitable();
        return;
      }
    }
    suitable.and(idlers, woken.hardAffinity());
    if (!suitable.isEmpty()) {
      tickleSuitable();
    } else if (woken.priority > current.priority) {
      tickle(cpu);
    }
  }

  private void tickleSuitable() {
    if (tickleOneIdle) {
      int here = pool.executingPcpu();
      int tickled = suitable.cycle(lastTickle[here]);
      lastTickle[here] = tickled;
      tickle(tickled);
    } else {
      for (int cpu = suitable.first(); cpu >= 0; cpu = suitable.next(cpu + 1)) {
        tickle(cpu);
      }
    }
  }

  private void tickle(int cpu) {
    idlers.clear(cpu);
    pool.raise(cpu);
  }

  // ---- 3.3 burning, 3.4 tick ----

  private static void burn(CreditUnit unit, long now) {
    long ran = now - unit.startTime;
    if (ran <= 0) {
      return;
    }
    long owed = ran * CREDITS_PER_MILLISECOND + unit.residual;
    long credits = owed / MILLISECOND;
    unit.residual = owed - credits * MILLISECOND;
    unit.credit -= (int) credits;
    // Up to 100 us stay both here and in the residual and are charged twice, as in the source.
    unit.startTime += credits * (MILLISECOND / CREDITS_PER_MILLISECOND);
  }

  private void tick(int cpu, CreditPcpu pcpu, long now) {
    CreditUnit current = (CreditUnit) pool.current(cpu);
    if (!current.isIdle()) {
      if (current.priority == CreditUnit.BOOST) {
        current.priority = CreditUnit.UNDER;
      }
      burn(current, now);
      if (!current.active) {
        accounting.activate(current);
      } else if (picker.pick(current, PcpuPicker.TRIAL) != cpu) {
        current.markMigrating();
        pool.raise(cpu);
      }
    }
    if (pcpu.sortedEpoch != accounting.sortEpoch()) {
      pcpu.sortedEpoch = accounting.sortEpoch();
      pcpu.sort();
    }
    pcpu.tick.set(now + tickPeriod);
  }

  // ---- 3.8 schedule ----

  @Override
  protected SchedUnit schedule(int cpu, SchedUnit currentUnit, long now) {
    CreditUnit current = (CreditUnit) currentUnit;
    CreditPcpu pcpu = pcpus[cpu];
    boolean wasIdle = current.isIdle();
    if (!wasIdle) {
      burn(current, now);
      current.startTime -= now;
      current.lastScheduledNanos = now;
      boolean runnable = current.isRunnable();
      long ran = now - current.stateEntryNanos();
      if (runnable && !current.yielding && ran < ratelimit) {
        current.startTime += now;
        sliceNanos = ran < LEAST_SLICE_NANOS ? LEAST_SLICE_NANOS : ratelimit - ran;
        return current;
      }
      if (runnable) {
        pcpu.insert(current);
      } else {
        count(cpu, -1);
      }
    }
    CreditUnit next = pcpu.first();
    boolean isQueueEmpty = next == pcpu.end;
    int priority = isQueueEmpty ? CreditUnit.IDLE : next.priority;
    CreditUnit stolen = null;
    if (priority <= CreditUnit.OVER
        && now - pcpu.lastLoadBalanceNanos > loadBalanceInterval
        && cpu != leavingPcpu) {
      pcpu.lastLoadBalanceNanos = now;
      stolen = steal(cpu, priority, now);
    }
    if (stolen != null) {
      next = stolen;
    } else if (!isQueueEmpty) {
      pcpu.remove(next);
    } else {
      if (cpu != leavingPcpu) {
        idlers.set(cpu);
      } else {
        picker.leaves(cpu, true);
      }
      if (!wasIdle) {
        pcpu.tick.stop();
      }
      sliceNanos = -1;
      return pool.idle(cpu);
    }
    idlers.clear(cpu);
    if (wasIdle) {
      // Resumed before the slice timer is armed: decides which of equal times fires first.
      pcpu.tick.set(now + tickPeriod - Quotient.remainder(pool.systemTime(now), tickPeriod));
    }
    next.startTime += now;
    sliceNanos = sliceLength;
    return next;
  }

  private CreditUnit steal(int cpu, int priority, long now) {
    int local = pool.socketNumber(cpu);
    for (int softStep = pool.anySoftAffinity() ? 1 : 0; softStep >= 0; softStep--) {
      for (int i = 0; i < nodes; i++) {
        int node = local + i < nodes ? local + i : local + i - nodes;
        if (nodePcpus[node] == null) {
          continue;
        }
        workers.andNot(nodePcpus[node], idlers);
        workers.and(workers, loaded);
        workers.clear(cpu);
        int first = workers.cycle(balanceBias[node]);
        int peer = first;
        while (peer >= 0) {
          CreditUnit unit = stealFrom(peer, cpu, priority, softStep == 1, now);
          if (unit != null) {
            balanceBias[node] = peer;
            return unit;
          }
          peer = workers.cycle(peer);
          if (peer == first) {
            break;
          }
        }
      }
    }
    return null;
  }

  private CreditUnit stealFrom(int peer, int cpu, int priority, boolean softStep, long now) {
    CreditPcpu from = pcpus[peer];
    if (pool.current(peer).isIdle()) {
      return null;
    }
    // The end's priority is below all.
    for (CreditUnit unit = from.first(); unit.priority > priority; unit = unit.next) {
      if (unit.yielding || (softStep && !unit.softAffinityMatters())) {
        continue;
      }
      CpuMask allowed = softStep ? unit.softAndHardAffinity() : unit.hardAffinity();
      boolean cacheHot = migrationDelay > 0 && now - unit.lastScheduledNanos < migrationDelay;
      if (!cacheHot && allowed.test(cpu)) {
        count(peer, -1);
        from.remove(unit);
        unit.setPcpu(cpu);
        count(cpu, 1);
        return unit;
      }
    }
    return null;
  }

  private final class Tick extends PcpuTimer {
    private final int cpu;

    Tick(int cpu) {
      super(pool.host(), cpu);
      this.cpu = cpu;
    }

    @Override
    protected void handle() {
      tick(cpu, pcpus[cpu], pool.host().simulator().nowNanos());
    }
  }
}
