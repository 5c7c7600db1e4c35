// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.rtds;

import org.poolsim.cpu.sched.CpuMask;
import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.PcpuEvent;
import org.poolsim.cpu.sched.SchedUnit;
import org.poolsim.cpu.sched.Scheduler;

/** RTDS (fact sheet 5): one run queue and one replenishment queue per pool. */
final class RtdsScheduler extends Scheduler {
  private static final long LEAST_NANOS = 10_000L;

  private final CpuMask tickled;
  private final CpuMask scratch;
  private final PcpuEvent timer;

  /** The pCPU of the timer: the first that came up, after it the next one when it leaves. */
  private int timerPcpu = -1;

  private RtdsUnit runHead;
  private RtdsUnit runTail;
  private RtdsUnit replenishHead;
  private RtdsUnit replenishTail;

  RtdsScheduler(CpuPool pool) {
    super(pool);
    int size = pool.topology().pcpus();
    tickled = new CpuMask(size);
    scratch = new CpuMask(size);
    timer = new Replenishment();
  }

  @Override
  protected SchedUnit newUnit() {
    return new RtdsUnit();
  }

  @Override
  protected void pcpuUp(int cpu, SchedUnit idle, long now) {
    if (timerPcpu < 0) {
      timerPcpu = cpu;
    }
  }

  @Override
  protected void pcpuDown(int cpu, long now) {
    tickled.clear(cpu);
    if (timerPcpu == cpu) {
      timerPcpu = pool.pcpus().cycle(cpu);
    }
  }

  @Override
  protected void insert(SchedUnit unit, long now) {
    super.insert(unit, now);
    ((RtdsUnit) unit).startPeriod(pool.systemTime(now));
  }

  @Override
  protected int pickPcpu(SchedUnit unit, long now) {
    scratch.and(unit.hardAffinity(), pool.pcpus());
    return scratch.testOrCycle(unit.pcpu());
  }

  @Override
  protected void realTime(
      SchedUnit unit, long periodNanos, long budgetNanos, boolean extratime, long now) {
    if (budgetNanos < LEAST_NANOS || budgetNanos > periodNanos) {
      throw new IllegalArgumentException(
          unit.vcpu()
              + ": the budget must be between "
              + LEAST_NANOS
              + " ns and the period, "
              + periodNanos
              + " ns, not "
              + budgetNanos);
    }
    RtdsUnit changed = (RtdsUnit) unit;
    changed.period = periodNanos;
    changed.budget = budgetNanos;
    changed.extratime = extratime;
  }

  @Override
  protected void wake(SchedUnit unit, long now) {
    RtdsUnit woken = (RtdsUnit) unit;
    if (woken.queued || woken.isRunning()) {
      return;
    }
    long systemTime = pool.systemTime(now);
    if (systemTime >= woken.deadline) {
      woken.startPeriod(systemTime);
    }
    awaitReplenishment(woken);
    enqueue(woken);
    tickleFor(woken);
  }

  @Override
  protected void sleep(SchedUnit unit, long now) {
    RtdsUnit sleeper = (RtdsUnit) unit;
    if (sleeper.isRunning()) {
      pool.raise(sleeper.pcpu());
    } else if (sleeper.queued) {
      dequeue(sleeper);
      leaveReplenishment(sleeper);
    }
  }

  @Override
  protected SchedUnit schedule(int cpu, SchedUnit currentUnit, long now) {
    RtdsUnit current = (RtdsUnit) currentUnit;
    long systemTime = pool.systemTime(now);
    tickled.clear(cpu);
    current.burn(systemTime);
    RtdsUnit next = cpu == leavingPcpu ? null : runHead;
    while (next != null && !next.hardAffinity().test(cpu)) {
      next = next.next;
    }
    boolean runnable = !current.isIdle() && current.isRunnable();
    // On equal priority the queued unit wins.
    if (runnable && current.budgetLeft > 0 && (next == null || current.outranks(next))) {
      next = current;
    }
    current.putBack = runnable && next != current;
    if (next == null) {
      sliceNanos = -1;
      return pool.idle(cpu);
    }
    next.burnStart = systemTime;
    if (next != current) {
      dequeue(next);
      next.setPcpu(cpu);
    }
    sliceNanos = next.budgetLeft;
    return next;
  }

  @Override
  protected void contextSaved(SchedUnit unit, long now) {
    RtdsUnit previous = (RtdsUnit) unit;
    if (previous.isIdle()) {
      return;
    }
    if (previous.putBack && previous.isRunnable()) {
      enqueue(previous);
      tickleFor(previous);
    } else {
      leaveReplenishment(previous);
    }
    previous.putBack = false;
  }

  /** An idle pCPU, the unit's own first; otherwise the one of lowest priority below the unit's. */
  private void tickleFor(RtdsUnit woken) {
    scratch.and(woken.hardAffinity(), pool.pcpus());
    scratch.andNot(scratch, tickled);
    if (scratch.isEmpty()) {
      return;
    }
    int first = scratch.testOrCycle(woken.pcpu());
    int cpu = first;
    RtdsUnit lowest = null;
    int lowestCpu = -1;
    do {
      RtdsUnit running = (RtdsUnit) pool.current(cpu);
      if (running.isIdle()) {
        tickle(cpu);
        return;
      }
      if (lowest == null || lowest.outranks(running)) {
        lowest = running;
        lowestCpu = cpu;
      }
      cpu = scratch.cycle(cpu);
    } while (cpu != first);
    if (woken.outranks(lowest)) {
      tickle(lowestCpu);
    }
  }

  private void tickle(int cpu) {
    tickled.set(cpu);
    pool.raise(cpu);
  }

  // ---- queues ----

  private void enqueue(RtdsUnit unit) {
    unit.queued = true;
    if (unit.budgetLeft <= 0 && !unit.extratime) {
      unit.aside = true;
      return;
    }
    RtdsUnit after = runTail;
    while (after != null && unit.outranks(after)) {
      after = after.previous;
    }
    RtdsUnit before = after == null ? runHead : after.next;
    unit.previous = after;
    unit.next = before;
    if (after == null) {
      runHead = unit;
    } else {
      after.next = unit;
    }
    if (before == null) {
      runTail = unit;
    } else {
      before.previous = unit;
    }
  }

  private void dequeue(RtdsUnit unit) {
    unit.queued = false;
    if (unit.aside) {
      unit.aside = false;
      return;
    }
    if (unit.previous == null) {
      runHead = unit.next;
    } else {
      unit.previous.next = unit.next;
    }
    if (unit.next == null) {
      runTail = unit.previous;
    } else {
      unit.next.previous = unit.previous;
    }
  }

  private void awaitReplenishment(RtdsUnit unit) {
    linkReplenishment(unit);
    if (replenishHead == unit) {
      armTimer();
    }
  }

  private void linkReplenishment(RtdsUnit unit) {
    // From the front: levels rise without a new sort, so the place depends on the side.
    RtdsUnit before = replenishHead;
    while (before != null && !unit.outranks(before)) {
      before = before.nextReplenished;
    }
    RtdsUnit after = before == null ? replenishTail : before.previousReplenished;
    unit.previousReplenished = after;
    unit.nextReplenished = before;
    if (after == null) {
      replenishHead = unit;
    } else {
      after.nextReplenished = unit;
    }
    if (before == null) {
      replenishTail = unit;
    } else {
      before.previousReplenished = unit;
    }
    unit.awaitsReplenishment = true;
  }

  private void leaveReplenishment(RtdsUnit unit) {
    if (!unit.awaitsReplenishment) {
      return;
    }
    boolean wasFront = replenishHead == unit;
    unlinkReplenishment(unit);
    if (wasFront) {
      if (replenishHead == null) {
        timer.disarm();
      } else {
        armTimer();
      }
    }
  }

  private void unlinkReplenishment(RtdsUnit unit) {
    if (unit.previousReplenished == null) {
      replenishHead = unit.nextReplenished;
    } else {
      unit.previousReplenished.nextReplenished = unit.nextReplenished;
    }
    if (unit.nextReplenished == null) {
      replenishTail = unit.previousReplenished;
    } else {
      unit.nextReplenished.previousReplenished = unit.previousReplenished;
    }
    unit.awaitsReplenishment = false;
  }

  private void armTimer() {
    timer.arm(replenishHead.deadline - pool.systemTime(0));
  }

  private void replenish(long systemTime) {
    RtdsUnit taken = null;
    while (replenishHead != null && systemTime >= replenishHead.deadline) {
      RtdsUnit unit = replenishHead;
      unlinkReplenishment(unit);
      unit.startPeriod(systemTime);
      unit.nextTaken = taken;
      taken = unit;
      if (unit.queued) {
        dequeue(unit);
        enqueue(unit);
      }
    }
    for (RtdsUnit unit = taken; unit != null; unit = unit.nextTaken) {
      if (unit.isRunning() && runHead != null) {
        if (runHead.outranks(unit)) {
          tickleFor(runHead);
        }
      } else {
        boolean wasDepleted = unit.depleted;
        unit.depleted = false;
        if (wasDepleted && unit.queued) {
          tickleFor(unit);
        }
      }
      linkReplenishment(unit);
    }
    if (replenishHead != null) {
      armTimer();
    }
  }

  private final class Replenishment extends PcpuEvent {
    Replenishment() {
      super(pool.host());
    }

    @Override
    protected int pcpu() {
      return timerPcpu;
    }

    @Override
    protected void handle() {
      replenish(pool.systemTime(pool.host().simulator().nowNanos()));
    }
  }
}
