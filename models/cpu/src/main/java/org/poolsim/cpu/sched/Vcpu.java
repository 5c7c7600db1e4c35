// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import java.util.BitSet;
import org.poolsim.cpu.Runstate;
import org.poolsim.engine.Simulator;

/**
 * A virtual CPU: its work, its runstates and its place on the host.
 *
 * <p>Every method that can lead to rescheduling may be called from any event of the simulation; the
 * rescheduling is done when it returns, or, from within a {@link VcpuProgram} or a {@link
 * PcpuEvent} of the same host, when that ends. No method allocates but {@link #setAffinity}.
 */
public final class Vcpu {
  private static final int RUNNING = 0;
  private static final int RUNNABLE = 1;
  private static final int STOPPED = 2;
  private static final int OFFLINE = 3;
  private static final long NEVER = -1;

  private final SchedDomain domain;
  private final SchedHost host;
  private final Simulator simulator;
  private final boolean domainHasStateOfItsOwn;
  private final int id;
  private final VcpuWork work;
  private final long createdNanos;
  SchedUnit unit;

  /** The unit's vCPUs where it has several; otherwise {@code null}. */
  private final UnitGroup group;

  /**
   * Why this vCPU of a group is not runnable itself; 0 if it is. Without a group the unit knows.
   */
  int ownFlags = SchedUnit.PAUSED;

  private int runstate = OFFLINE;
  private long runstateSinceNanos;
  private long runningNanos;
  private long runnableNanos;
  private long blockedNanos;
  private long offlineNanos;
  private long nonaffineNanos;
  private int pauses = 1;
  private boolean leaving;
  private int lastPcpu = -1;
  private long wokenNanos = NEVER;
  private WakeObserver wakeObserver;
  private long switchIns;
  private long preemptions;
  private long migrations;
  private long wakeups;

  /**
   * Creates a paused vCPU.
   *
   * @param unit its own, or one that it shares with others if that has a group
   */
  Vcpu(SchedDomain domain, int id, SchedUnit unit) {
    this.domain = domain;
    this.host = domain.host();
    this.simulator = host.simulator();
    this.domainHasStateOfItsOwn = domain.hasStateOfItsOwn();
    this.id = id;
    this.unit = unit;
    this.work = new VcpuWork(host, this);
    this.createdNanos = simulator.nowNanos();
    this.runstateSinceNanos = createdNanos;
    this.group = unit.group;
    if (group == null) {
      unit.pauseFlags = SchedUnit.PAUSED;
    } else {
      group.members[id % host.width()] = this;
      if (unit.vcpu != null) {
        return;
      }
    }
    unit.vcpu = this;
    unit.scheduler = domain.pool().scheduler;
    unit.stateEntryNanos = createdNanos;
    unit.restrictTo(host.all, host.all);
  }

  void insert(int initialPcpu) {
    unit.pcpu = initialPcpu;
    unit.scheduler.insert(unit, simulator.nowNanos());
  }

  // ---- identity and figures ----

  /** Returns the domain. */
  public SchedDomain domain() {
    return domain;
  }

  /** Returns the number in the domain, from 0. */
  public int id() {
    return id;
  }

  /** Returns the policy's state of this vCPU. */
  public SchedUnit unit() {
    return unit;
  }

  /**
   * Returns the pCPU that the vCPU runs on, or is assigned to while it does not run, as the
   * schedulers number them: with granularity core or socket that is a core or socket.
   */
  public int pcpu() {
    return unit.pcpu;
  }

  /** Returns the runstate. */
  public Runstate runstate() {
    return switch (runstate) {
      case RUNNING -> Runstate.RUNNING;
      case RUNNABLE -> Runstate.RUNNABLE;
      case STOPPED -> Runstate.BLOCKED;
      default -> Runstate.OFFLINE;
    };
  }

  /** Returns whether the vCPU has blocked and was not woken since. */
  public boolean isBlocked() {
    return (flags() & SchedUnit.BLOCKED) != 0;
  }

  /** Why the vCPU is not runnable; 0 if it is. */
  int flags() {
    return group == null ? unit.pauseFlags : ownFlags | (unit.pauseFlags & ~SchedUnit.NOBODY);
  }

  boolean isRunning() {
    return runstate == RUNNING;
  }

  /** Returns the time spent in a runstate, in nanoseconds, up to now. */
  public long runstateNanos(Runstate state) {
    long before =
        switch (state) {
          case RUNNING -> runningNanos;
          case RUNNABLE -> runnableNanos;
          case BLOCKED -> blockedNanos;
          case OFFLINE -> offlineNanos;
        };
    return state == runstate() ? before + simulator.nowNanos() - runstateSinceNanos : before;
  }

  /**
   * Returns the time that the vCPU has run on pCPUs outside of its soft mask, in nanoseconds, up to
   * now. A stretch counts by the mask at its end, as XenServer's counter does.
   */
  public long nonaffineNanos() {
    return runstate == RUNNING && isNonaffine()
        ? nonaffineNanos + simulator.nowNanos() - runstateSinceNanos
        : nonaffineNanos;
  }

  private boolean isNonaffine() {
    return !unit.soft.test(unit.pcpu);
  }

  /** Returns the time of creation. */
  public long createdNanos() {
    return createdNanos;
  }

  /** Returns how often the vCPU was switched in. */
  public long switchIns() {
    return switchIns;
  }

  /** Returns how often it was switched out while it was runnable. */
  public long preemptions() {
    return preemptions;
  }

  /** Returns how often it was switched in on another pCPU than the time before. */
  public long migrations() {
    return migrations;
  }

  /** Returns how often it was woken out of a block. */
  public long wakeups() {
    return wakeups;
  }

  void setWakeObserver(WakeObserver observer) {
    wakeObserver = observer;
  }

  // ---- work ----

  /** Sets who is told when work is done. */
  public void setProgram(VcpuProgram newProgram) {
    work.setProgram(newProgram);
  }

  /**
   * Gives the vCPU work in place of what it had.
   *
   * @param nanos CPU time needed at full speed, at least 0
   */
  public void run(long nanos) {
    work.set(nanos);
  }

  /** Lets the vCPU run for ever, until something else is said. */
  public void runForever() {
    run(VcpuWork.FOREVER);
  }

  /** Returns the work that is left, up to now, in nanoseconds at full speed. */
  public long workLeftNanos() {
    return work.leftNanos(simulator.nowNanos());
  }

  void setSpeed(double newSpeed, long now) {
    work.setSpeed(newSpeed, now);
  }

  /** Returns the work, with the timer of its end. */
  VcpuWork work() {
    return work;
  }

  // ---- what the vCPU does ----

  /**
   * Ends the pause in which vCPUs are created.
   *
   * @see #startBlocked
   */
  public void start() {
    unpause();
  }

  /**
   * Ends the pause in which vCPUs are created, with nothing to do: the vCPU stays offline until its
   * first wake.
   */
  public void startBlocked() {
    if (group == null) {
      unit.pauseFlags |= SchedUnit.BLOCKED;
    } else {
      ownFlags |= SchedUnit.BLOCKED;
    }
    unpause();
  }

  /** Blocks the running vCPU until {@link #wake}. */
  public void block() {
    boolean outermost = host.enter(unit.pcpu);
    if (group == null) {
      unit.pauseFlags |= SchedUnit.BLOCKED;
      host.raise(unit.pcpu);
    } else {
      group.block(this);
    }
    host.leave(outermost);
  }

  /**
   * Wakes a blocked vCPU; nothing happens if it is not blocked. Executes on the pCPU that the vCPU
   * is assigned to, or within the handling of an event on the pCPU that handles it.
   */
  public void wake() {
    if (!isBlocked()) {
      return;
    }
    boolean outermost = host.enter(unit.pcpu);
    if (group == null) {
      unit.pauseFlags &= ~SchedUnit.BLOCKED;
    } else {
      ownFlags &= ~SchedUnit.BLOCKED;
    }
    wakeups++;
    wokenNanos = simulator.nowNanos();
    wakeIfRunnable(wokenNanos);
    host.leave(outermost);
  }

  /** The running vCPU lets others go first, as its scheduler understands it. */
  public void yieldPcpu() {
    boolean outermost = host.enter(unit.pcpu);
    unit.scheduler.yieldPcpu(unit, simulator.nowNanos());
    host.raise(unit.pcpu);
    host.leave(outermost);
  }

  /** Pauses the vCPU; pauses are counted. */
  public void pause() {
    boolean outermost = host.enter(unit.pcpu);
    addPause();
    host.leave(outermost);
  }

  /** Ends one {@link #pause}. */
  public void unpause() {
    boolean outermost = host.enter(unit.pcpu);
    removePause();
    host.leave(outermost);
  }

  void addPause() {
    countPause();
    sleep(simulator.nowNanos());
  }

  void removePause() {
    if (uncountPause()) {
      wakeIfRunnable(simulator.nowNanos());
    }
  }

  /** One reason more not to run; {@link #sleep} is to follow. */
  void countPause() {
    pauses++;
    if (group == null) {
      unit.pauseFlags |= SchedUnit.PAUSED;
    } else {
      ownFlags |= SchedUnit.PAUSED;
    }
  }

  /** Returns whether no pause is left; {@link #wakeIfRunnable} is to follow then. */
  boolean uncountPause() {
    if (--pauses > 0) {
      return false;
    }
    if (group == null) {
      unit.pauseFlags &= ~SchedUnit.PAUSED;
    } else {
      ownFlags &= ~SchedUnit.PAUSED;
    }
    return true;
  }

  /**
   * Sets the pCPUs that the vCPU may run on and those that it prefers. It is placed anew even if
   * its pCPU is still allowed. With granularity core or socket the masks are those of the whole
   * unit, and a core or socket is in one if its first pCPU is.
   *
   * @param hard at least one pCPU of the pool, the first one of its core or socket; {@code null} is
   *     all
   * @param soft {@code null} is all
   */
  public void setAffinity(BitSet hard, BitSet soft) {
    if (leaving) {
      throw new IllegalStateException(this + " is leaving its pool");
    }
    CpuMask newHard = hard == null ? host.all : host.masks.allowed(hard);
    if (!newHard.intersects(domain.pool().pcpus)) {
      throw new IllegalArgumentException(
          this
              + ": no pCPU of the pool is in "
              + hard
              + (host.width() == 1 ? "" : ", of each " + host.width() + " the first counts"));
    }
    boolean outermost = host.enter(unit.pcpu);
    unit.pinned = hard != null && hard.cardinality() == 1;
    unit.softRestricts = host.masks.leavesOut(soft, hard);
    unit.restrictTo(newHard, soft == null ? host.all : host.masks.allowed(soft));
    placeAnew(simulator.nowNanos());
    host.leave(outermost);
  }

  /** The unit's pCPU is picked again: at once, or when the unit is off the one that it has. */
  void placeAnew(long now) {
    unit.pauseFlags |= SchedUnit.MIGRATING;
    sleepUnit(now);
    if (!unit.running) {
      finishMigration(now);
    }
  }

  /**
   * Sets the real-time parameters of the vCPU.
   *
   * @throws IllegalStateException if the pool's scheduler has none
   */
  public void setRealTime(long periodNanos, long budgetNanos, boolean extratime) {
    boolean outermost = host.enter(unit.pcpu);
    unit.scheduler.realTime(unit, periodNanos, budgetNanos, extratime, simulator.nowNanos());
    host.leave(outermost);
  }

  /** The vCPU leaves its pCPU and its scheduler, for good or for another pool. */
  void setLeaving(boolean isLeaving) {
    leaving = isLeaving;
  }

  /** Returns whether the vCPU stands for its unit: alone, or the first one of several. */
  boolean leadsUnit() {
    return unit.vcpu == this;
  }

  /** The unit of this vCPU, and of its group, is a new one of another scheduler. */
  void renewUnit(SchedUnit newUnit) {
    SchedUnit old = unit;
    newUnit.vcpu = this;
    newUnit.scheduler = domain.pool().scheduler;
    newUnit.stateEntryNanos = old.stateEntryNanos;
    if (group == null) {
      unit = newUnit;
      unit.pauseFlags = old.pauseFlags & (SchedUnit.BLOCKED | SchedUnit.PAUSED);
    } else {
      for (Vcpu member : group.members) {
        member.unit = newUnit;
      }
      group.belongTo(newUnit);
    }
    unit.restrictTo(host.all, host.all);
  }

  // ---- generic layer ----

  void wakeIfRunnable(long now) {
    if (group != null) {
      group.wakeIfRunnable(this, now);
    } else if (unit.pauseFlags == 0) {
      if (runstate >= STOPPED) {
        setRunstate(RUNNABLE, now);
      }
      unit.scheduler.wake(unit, now);
    } else if ((unit.pauseFlags & SchedUnit.BLOCKED) == 0 && runstate == STOPPED) {
      setRunstate(OFFLINE, now);
    }
  }

  /** The runstate of a group's vCPU that waits no longer for what kept it. */
  void runnableAgain(long now) {
    if (flags() == 0) {
      if (runstate >= STOPPED) {
        setRunstate(RUNNABLE, now);
      }
    } else if (!isBlocked() && runstate == STOPPED) {
      setRunstate(OFFLINE, now);
    }
  }

  void offlineIfRunnable(long now) {
    if (runstate == RUNNABLE) {
      setRunstate(OFFLINE, now);
    }
  }

  private void sleepUnit(long now) {
    if (group == null) {
      sleep(now);
    } else {
      group.sleepAll(now);
    }
  }

  void sleep(long now) {
    if (group != null) {
      group.sleep(this, now);
    } else if (unit.pauseFlags != 0) {
      if (runstate == RUNNABLE) {
        setRunstate(OFFLINE, now);
      }
      unit.scheduler.sleep(unit, now);
    }
  }

  private void finishMigration(long now) {
    Scheduler scheduler = unit.scheduler;
    int cpu = scheduler.pickPcpu(unit, now);
    unit.pauseFlags &= ~SchedUnit.MIGRATING;
    scheduler.move(unit, cpu, now);
    if (group == null) {
      wakeIfRunnable(now);
    } else {
      group.wakeAll(now);
    }
  }

  void switchOut(long now) {
    int flags = flags();
    int newState = RUNNABLE;
    if (flags == 0) {
      preemptions++;
    } else {
      newState = (flags & SchedUnit.BLOCKED) != 0 ? STOPPED : OFFLINE;
    }
    countRunning(now - runstateSinceNanos);
    enterRunstate(newState, now);
    work.switchOut(now);
  }

  void switchIn(Pcpu pcpu, long now) {
    switchInOn(pcpu.number, host.speed(pcpu), now);
  }

  void switchInOn(int pcpu, double newSpeed, long now) {
    if (runstate == RUNNABLE) {
      runnableNanos += now - runstateSinceNanos;
      enterRunstate(RUNNING, now);
    } else {
      setRunstate(RUNNING, now);
    }
    switchIns++;
    // Whether it migrates is not to be predicted: the signs say it without a branch.
    int apart = lastPcpu ^ pcpu;
    int migrates = ((apart | -apart) & ~lastPcpu) >>> 31;
    lastPcpu = pcpu;
    migrations += migrates;
    long overhead = host.contextSwitchNanos + migrates * host.migrationNanos;
    if (wokenNanos != NEVER) {
      if (wakeObserver != null) {
        wakeObserver.ranAfter(this, now - wokenNanos);
      }
      wokenNanos = NEVER;
    }
    work.switchIn(now + overhead, newSpeed);
  }

  /** The switch is complete: what waited for it is done now. */
  void offPcpu(long now) {
    if ((unit.pauseFlags & SchedUnit.MIGRATING) != 0) {
      finishMigration(now);
    }
    if (leaving) {
      domain.offPcpu(this, now);
    }
  }

  private void setRunstate(int newState, long now) {
    long spent = now - runstateSinceNanos;
    switch (runstate) {
      case RUNNING -> countRunning(spent);
      case RUNNABLE -> runnableNanos += spent;
      case STOPPED -> blockedNanos += spent;
      default -> offlineNanos += spent;
    }
    enterRunstate(newState, now);
  }

  private void countRunning(long spent) {
    runningNanos += spent;
    if (host.softAffinityGiven && isNonaffine()) {
      nonaffineNanos += spent;
    }
  }

  /** The time in the runstate before has been counted. */
  private void enterRunstate(int newState, long now) {
    if (domainHasStateOfItsOwn) {
      domain.vcpuChanges(runstate, newState, now);
    }
    runstate = newState;
    runstateSinceNanos = now;
  }

  @Override
  public String toString() {
    return domain + " vCPU " + id;
  }
}
