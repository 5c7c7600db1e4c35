// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import org.poolsim.cpu.sched.CpuMask;
import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.SchedDomain;
import org.poolsim.cpu.sched.SchedUnit;
import org.poolsim.cpu.sched.Scheduler;
import org.poolsim.cpu.sched.SchedulerParameters;

/**
 * Credit2: choice, slices, tickles and resets. The fact sheet's sections are named at each part.
 */
final class Credit2Scheduler extends Scheduler {
  /** Credit of a new unit, and what a reset adds. */
  static final long CREDIT_INIT = 10_000_000L;

  /** Carry-over of 500 us above a fresh allotment. */
  static final long GREATEST_CREDIT = CREDIT_INIT + 500_000L;

  static final long LEAST_CREDIT = -CREDIT_INIT;
  private static final long IDLE_CREDIT = LEAST_CREDIT - 1;

  /** Also the least quota of a capped unit. */
  static final long LEAST_SLICE = 500_000L;

  private static final long GREATEST_SLICE = 10_000_000L;
  private static final long MIGRATE_COMPENSATION = 50_000L;
  private static final long TICKLE_TOLERANCE = 50_000L;
  private static final int PCPU_BITS = 16;
  private static final int PCPU_MASK = (1 << PCPU_BITS) - 1;

  private final long ratelimit;

  /** A unit that has run no longer than this is not preempted by a tickle; negative is none. */
  private final long safeFromTickle;

  private final long migrateResist;
  private final boolean consolidate;
  private final boolean countsInflightCredit;
  private final RunQueues queues;
  private final LoadTracking loads;
  private final Placement placement;
  private final Balancer balancer;
  private final Caps caps;
  private final CpuMask scratch;

  Credit2Scheduler(CpuPool pool, SchedulerParameters parameters, boolean countsInflightCredit) {
    super(pool);
    this.countsInflightCredit = countsInflightCredit;
    ratelimit = parameters.ratelimitNanos();
    safeFromTickle = ratelimit > TICKLE_TOLERANCE ? ratelimit - TICKLE_TOLERANCE : -1;
    migrateResist = parameters.credit2MigrateResistNanos();
    consolidate = parameters.smtPowerSavings();
    queues = new RunQueues(pool, parameters);
    loads = new LoadTracking(pool, parameters.credit2LoadWindowShift(), queues.canBeSeveral());
    placement = new Placement(pool, queues);
    balancer = new Balancer(this, parameters, queues, loads);
    caps = new Caps(this, pool, parameters, loads);
    scratch = new CpuMask(pool.topology().pcpus());
  }

  @Override
  protected SchedUnit newUnit() {
    Credit2Unit unit = new Credit2Unit();
    // Of the time of its creation: a domain that moves is inserted later where requests are late.
    unit.loadUpdated = loads.sample(pool.host().simulator().nowNanos());
    return unit;
  }

  @Override
  protected Object newDomain(SchedDomain domain) {
    // Of the pool that the domain is in now: of the old one when it is about to move.
    return new Credit2Domain(domain.pool().pcpus().first());
  }

  @Override
  protected void pcpuUp(int cpu, SchedUnit idle, long now) {
    ((Credit2Unit) idle).credit = IDLE_CREDIT;
    RunQueue queue = queues.join(cpu);
    if (queue.pcpuCount == 1) {
      queue.loadUpdated = loads.sample(now);
    }
  }

  @Override
  protected void pcpuDown(int cpu, long now) {
    queues.leave(cpu);
  }

  @Override
  protected void insert(SchedUnit unit, long now) {
    Credit2Unit inserted = (Credit2Unit) unit;
    caps.join(inserted, (Credit2Domain) unit.domain().policyState());
    inserted.credit = CREDIT_INIT;
    inserted.load = 1L << (LoadAverage.PRECISION_SHIFT - 1);
    inserted.setPcpu(placement.initial(inserted));
    queues.of(inserted.pcpu()).assign(inserted);
  }

  @Override
  protected void remove(SchedUnit unit, long now) {
    Credit2Unit removed = (Credit2Unit) unit;
    caps.leave(removed);
    removed.queue.deassign(removed);
  }

  @Override
  protected void weightAndCap(SchedDomain domain, int weight, int capPercent, long now) {
    Credit2Domain changed = (Credit2Domain) domain.policyState();
    int most = 100 * changed.units.length;
    if (capPercent > most) {
      throw new IllegalArgumentException(
          domain
              + ": credit2 caps at 100 % for each vCPU, or core or socket that is scheduled as a"
              + " whole: at most "
              + most
              + " %, not "
              + capPercent
              + " %");
    }
    for (Credit2Unit unit : changed.units) {
      unit.queue.running.forget();
    }
    if (weight > 0) {
      for (Credit2Unit unit : changed.units) {
        int old = unit.weight;
        unit.weight = weight;
        RunQueue queue = unit.queue;
        if (weight >= queue.greatestWeight) {
          queue.greatestWeight = weight;
        } else {
          queue.weightLeaves(old);
        }
      }
    }
    if (capPercent >= 0) {
      caps.set(changed, capPercent, now);
    }
  }

  @Override
  protected int pickPcpu(SchedUnit unit, long now) {
    return placement.pick((Credit2Unit) unit);
  }

  @Override
  protected void move(SchedUnit unit, int cpu, long now) {
    Credit2Unit moved = (Credit2Unit) unit;
    RunQueue to = queues.of(cpu);
    if (to == moved.queue) {
      moved.setPcpu(cpu);
    } else {
      migrate(moved, to, now);
    }
  }

  /** 4.10: moves a unit to another queue, a running one once it is off its pCPU. */
  void migrate(Credit2Unit unit, RunQueue to, long now) {
    if (unit.scheduled) {
      unit.requestedQueue = to;
      unit.markMigrating();
      tickle(unit.queue, unit.pcpu());
      return;
    }
    boolean wasQueued = unit.queued;
    if (wasQueued) {
      RunQueue.takeResets(unit);
      unit.queue.remove(unit);
      loads.update(unit.queue, -1, now);
    }
    unit.queue.deassign(unit);
    placement.enter(unit, to);
    to.assign(unit);
    if (wasQueued) {
      loads.update(to, 1, now);
      to.insert(unit);
      tickleFor(unit, now);
    }
  }

  // ---- 4.4 wake, sleep, yield ----

  @Override
  protected void wake(SchedUnit unit, long now) {
    Credit2Unit woken = (Credit2Unit) unit;
    if (!woken.queued && !woken.isRunning()) {
      enqueueAndTickle(woken, now);
    }
  }

  /** Counts the unit as load, inserts it and tickles for it. */
  void enqueueAndTickle(Credit2Unit unit, long now) {
    loads.update(unit.queue, unit, 1, now);
    RunQueue.takeResets(unit);
    unit.queue.insert(unit);
    tickleFor(unit, now);
  }

  @Override
  protected void sleep(SchedUnit unit, long now) {
    Credit2Unit sleeper = (Credit2Unit) unit;
    sleeper.yielding = false;
    if (sleeper.isRunning()) {
      tickle(sleeper.queue, sleeper.pcpu());
    } else if (sleeper.queued) {
      loads.update(sleeper.queue, sleeper, -1, now);
      sleeper.queue.remove(sleeper);
    }
  }

  @Override
  protected void yieldPcpu(SchedUnit unit, long now) {
    ((Credit2Unit) unit).yielding = true;
  }

  // ---- 4.5 tickle ----

  /** Tickles a pCPU: remembered until it schedules. */
  void tickle(RunQueue queue, int cpu) {
    queue.tickled.set(cpu);
    queue.coreIsBusy(queues.siblings(cpu));
    pool.raise(cpu);
  }

  private void tickleFor(Credit2Unit woken, long now) {
    int cpu = target(woken, now);
    if (cpu >= 0) {
      tickle(woken.queue, cpu);
      woken.tickledCpu = cpu;
    }
  }

  private int target(Credit2Unit woken, long now) {
    RunQueue queue = woken.queue;
    int own = woken.pcpu();
    if (woken.isPinned() && queue.idle.test(own) && !queue.tickled.test(own)) {
      return own;
    }
    if (woken.softAffinityMatters()) {
      int cpu = idleTarget(queue, own, woken.softAndHardAffinity());
      if (cpu >= 0) {
        return cpu;
      }
    }
    CpuMask hard = woken.hardAffinity();
    int cpu = idleTarget(queue, own, hard);
    return cpu >= 0 ? cpu : busyTarget(woken, queue, own, now);
  }

  private int idleTarget(RunQueue queue, int own, CpuMask allowed) {
    if (queue.idle.isEmpty() && queue.idleCores.isEmpty()) {
      return -1;
    }
    if (consolidate) {
      scratch.andNot(queue.idle, queue.idleCores);
      scratch.and(scratch, allowed);
    } else {
      scratch.and(queue.idleCores, allowed);
    }
    int cpu = scratch.testOrCycle(own);
    if (cpu >= 0) {
      return cpu;
    }
    scratch.andNot(queue.idle, queue.tickled);
    scratch.and(scratch, allowed);
    return scratch.testOrCycle(own);
  }

  /** Only what has run for almost the ratelimit is preempted. */
  private int busyTarget(Credit2Unit woken, RunQueue queue, int own, long now) {
    long preemptable = now - safeFromTickle;
    long credit = woken.credit - migrateResist;
    RunningCredits running = queue.running;
    if (!pool.anySoftAffinity()) {
      long busy =
          queue.pcpus.firstWord()
              & ~queue.idle.firstWord()
              & ~queue.tickled.firstWord()
              & woken.hardAffinity().firstWord();
      int cpu = running.preempted(busy, own, woken.credit, credit, preemptable, now);
      if (cpu != RunningCredits.NOT_KNOWN) {
        return cpu;
      }
    }
    CpuMask busy = scratch;
    busy.andNot(queue.pcpus, queue.idle);
    busy.andNot(busy, queue.tickled);
    busy.and(busy, woken.hardAffinity());
    long ofOwn = 0;
    if (busy.test(own)) {
      busy.clear(own);
      ofOwn = pool.switchedNanos(own) >= preemptable ? 0 : rank(woken, own, 0, now);
      if (ofOwn > 0) {
        if (woken.softAffinity().test(own)) {
          return own;
        }
        // Its own pCPU wins against all of the same score.
        ofOwn |= PCPU_MASK;
      }
    }
    long best = ofOwn;
    running.scores(busy.firstWord(), preemptable, now);
    for (int cpu = busy.first(); cpu >= 0; cpu = busy.next(cpu + 1)) {
      if (pool.switchedNanos(cpu) < preemptable && running.mayBeBelow(cpu, credit, now)) {
        best = Math.max(best, rank(woken, cpu, migrateResist, now));
      }
    }
    if (best == ofOwn) {
      return best > 0 ? own : -1;
    }
    return PCPU_MASK - (int) (best & PCPU_MASK);
  }

  /**
   * Returns the score of a pCPU, with the lowest number first among equal ones, in one number that
   * {@code Math.max} compares without a branch; 0 if the score is not positive.
   */
  private long rank(Credit2Unit woken, int cpu, long resist, long now) {
    Credit2Unit current = (Credit2Unit) pool.current(cpu);
    if (current.isIdle()) {
      return 0;
    }
    current.burn(now);
    long score = woken.credit - current.credit - resist;
    long bonus =
        (woken.softAffinity().test(cpu) ? CREDIT_INIT : 0)
            + (current.softAffinity().test(cpu) ? 0 : CREDIT_INIT);
    long positive = -score >> (Long.SIZE - 1);
    return (((score + bonus) << PCPU_BITS) | (PCPU_MASK - cpu)) & positive;
  }

  // ---- 4.6 schedule ----

  @Override
  protected SchedUnit schedule(int cpu, SchedUnit currentUnit, long now) {
    Credit2Unit current = (Credit2Unit) currentUnit;
    RunQueue queue = queues.of(cpu);
    if (queue.tickled.test(cpu)) {
      queue.tickled.clear(cpu);
      markIdleCore(queue, cpu);
    }
    if (!current.isIdle()) {
      current.burn(now);
      if (current.capped && current.budget <= 0) {
        caps.grab(current, now);
      }
    }
    Credit2Unit next = candidate(queue, cpu, current, now);
    boolean wantsBack = next != current && !current.isIdle() && current.isRunnable();
    current.putBack = wantsBack;
    if (next.isIdle()) {
      if (!queue.idle.test(cpu)) {
        queue.idle.set(cpu);
        markIdleCore(queue, cpu);
      }
      loads.update(queue, 0, now);
      queue.running.runsNothing(cpu);
      sliceNanos = -1;
      return next;
    }
    boolean continues = next == current;
    if (continues) {
      loads.update(queue, next, 0, now);
    } else {
      queue.remove(next);
      next.scheduled = true;
    }
    if (queue.idle.test(cpu)) {
      queue.idle.clear(cpu);
      queue.coreIsBusy(queues.siblings(cpu));
    }
    if (Math.max(next.credit, queue.firstCreditAboveZero()) <= 0) {
      reset(queue, next, now);
      balancer.balance(queue, now);
    }
    next.startTime = now;
    next.tickledCpu = Credit2Unit.NOT_TICKLED;
    if (next.pcpu() != cpu) {
      next.credit += MIGRATE_COMPENSATION;
      next.setPcpu(cpu);
    }
    queue.running.runs(cpu, next);
    long inflight = wantsBack && countsInflightCredit ? current.credit : 0;
    sliceNanos = slice(queue, next, continues, inflight, now);
    return next;
  }

  private void markIdleCore(RunQueue queue, int cpu) {
    scratch.andNot(queue.idle, queue.tickled);
    if (queues.siblings(cpu).isSubsetOf(scratch)) {
      queue.idleCores.or(queue.idleCores, queues.siblings(cpu));
    }
  }

  private Credit2Unit candidate(RunQueue queue, int cpu, Credit2Unit current, long now) {
    boolean yields = current.yielding;
    current.yielding = false;
    Credit2Unit best = null;
    long bestCredit = IDLE_CREDIT;
    if (!current.isIdle() && current.isRunnable()) {
      if (!yields && now - current.stateEntryNanos() < ratelimit) {
        return current;
      }
      if (!prefersElsewhere(queue, cpu, current)) {
        best = current;
        bestCredit = current.credit;
      }
    }
    if (cpu == leavingPcpu) {
      return (Credit2Unit) pool.idle(cpu);
    }
    Credit2Unit following;
    for (Credit2Unit unit = queue.first(); unit != queue.end; unit = following) {
      following = unit.next;
      if (!yields && unit.credit <= bestCredit) {
        break;
      }
      if ((unit.credit < bestCredit + migrateResist && unit.pcpu() != cpu)
          || (unit.tickledCpu >= 0 && unit.tickledCpu != cpu && queue.tickled.test(unit.tickledCpu))
          || !unit.hardAffinity().test(cpu)) {
        continue;
      }
      if (unit.capped && !caps.grab(unit, now)) {
        continue;
      }
      return unit;
    }
    return best == null ? (Credit2Unit) pool.idle(cpu) : best;
  }

  /** The current unit runs where it does not prefer to, and one that it prefers is idle. */
  private boolean prefersElsewhere(RunQueue queue, int cpu, Credit2Unit current) {
    if (!current.softAffinityMatters() || current.softAndHardAffinity().test(cpu)) {
      return false;
    }
    scratch.andNot(queue.idle, queue.tickled);
    return scratch.intersects(current.softAndHardAffinity());
  }

  @Override
  protected void contextSaved(SchedUnit unit, long now) {
    if (unit.isIdle()) {
      return;
    }
    Credit2Unit previous = (Credit2Unit) unit;
    Credit2Unit parked = caps.giveBack(previous);
    previous.scheduled = false;
    if (previous.putBack && previous.isRunnable()) {
      RunQueue.takeResets(previous);
      previous.queue.insert(previous);
      tickleFor(previous, now);
    } else {
      loads.update(previous.queue, previous, -1, now);
    }
    previous.putBack = false;
    caps.unpark(parked, now);
  }

  // ---- 4.7 reset ----

  /** Running and queued units take the credit at once, blocked ones when they are looked at. */
  private void reset(RunQueue queue, Credit2Unit next, long now) {
    long more = next.credit <= LEAST_CREDIT ? 2 * CREDIT_INIT : CREDIT_INIT;
    for (int cpu = queue.pcpus.first(); cpu >= 0; cpu = queue.pcpus.next(cpu + 1)) {
      Credit2Unit running = (Credit2Unit) pool.current(cpu);
      if (!running.isIdle()) {
        running.burn(now);
      }
    }
    queue.resets += more;
    for (int cpu = queue.pcpus.first(); cpu >= 0; cpu = queue.pcpus.next(cpu + 1)) {
      Credit2Unit running = (Credit2Unit) pool.current(cpu);
      if (!running.isIdle()) {
        RunQueue.takeResets(running);
        running.startTime = now;
        if (running.capped && running.budget <= 0) {
          tickle(queue, cpu);
        }
        queue.running.runs(cpu, running);
      }
    }
    for (Credit2Unit unit = queue.first(); unit != queue.end; unit = unit.next) {
      RunQueue.takeResets(unit);
    }
    RunQueue.takeResets(next);
  }

  // ---- 4.8 slice ----

  private long slice(
      RunQueue queue, Credit2Unit next, boolean continues, long inflightCredit, long now) {
    long least = LEAST_SLICE;
    if (ratelimit > 0) {
      least = Math.max(least, continues ? next.stateEntryNanos() + ratelimit - now : ratelimit);
    }
    long waiting = Math.max(queue.firstCreditAboveZero(), inflightCredit);
    long credit = Math.max(next.credit - waiting, 0);
    long time = next.time(credit);
    if (next.capped) {
      time = Math.min(time, next.budget);
    }
    // The least slice wins: a ratelimit above 10 ms makes the slices longer than that.
    return time < least ? least : Math.min(time, GREATEST_SLICE);
  }
}
