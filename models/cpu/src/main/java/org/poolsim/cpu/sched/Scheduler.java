// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/**
 * A scheduling policy over the pCPUs of one pool: Xen's {@code struct scheduler}.
 *
 * <p>The generic layer calls it with one event at a time. A policy never switches a vCPU itself: it
 * asks pCPUs to reschedule with {@link CpuPool#raise} and answers {@link #schedule} when they do.
 * It keeps its state per vCPU in its own subclass of {@link SchedUnit}.
 */
public abstract class Scheduler {
  /** The pCPUs that this instance schedules. */
  protected final CpuPool pool;

  /**
   * Second answer of {@link #schedule}: how long the chosen unit may run, in nanoseconds; negative
   * is until something raises the pCPU.
   */
  protected long sliceNanos;

  /** The pCPU that is about to leave the pool, for which the idle unit must be chosen; or -1. */
  protected int leavingPcpu = -1;

  /** Creates the policy of a pool. */
  protected Scheduler(CpuPool pool) {
    this.pool = pool;
  }

  /** Creates the policy's state of a vCPU, or of the idle unit of a pCPU. */
  protected abstract SchedUnit newUnit();

  /** Creates the policy's state of a domain, found again with {@link SchedDomain#policyState}. */
  protected Object newDomain(SchedDomain domain) {
    return null;
  }

  /** A pCPU comes up; its idle unit runs on it. pCPUs come up in the order of their numbers. */
  protected void pcpuUp(int cpu, SchedUnit idle, long now) {}

  /**
   * A pCPU is about to leave the pool, whose set it has left already: from now on nothing may be
   * placed on it or chosen for it ({@link #leavingPcpu}). What is assigned to it is placed anew
   * next.
   */
  protected void pcpuLeaves(int cpu, long now) {}

  /** A pCPU has left: it is idle and nothing is assigned to it. */
  protected void pcpuDown(int cpu, long now) {}

  /** A vCPU joins: paused, on its initial pCPU, with affinity to all pCPUs of the pool. */
  protected void insert(SchedUnit unit, long now) {
    unit.setPcpu(pickPcpu(unit, now));
  }

  /** A vCPU leaves for good; it neither runs nor is queued. */
  protected void remove(SchedUnit unit, long now) {}

  /** Chooses the pCPU for a unit that is placed anew: one that its hard affinity allows. */
  protected abstract int pickPcpu(SchedUnit unit, long now);

  /** Moves a unit that does not run to the pCPU that was picked for it. */
  protected void move(SchedUnit unit, int cpu, long now) {
    unit.setPcpu(cpu);
  }

  /** A runnable unit was woken or unpaused; it may be queued or running already. */
  protected abstract void wake(SchedUnit unit, long now);

  /** A unit is not runnable any more: it must leave its queue or its pCPU. */
  protected abstract void sleep(SchedUnit unit, long now);

  /** The running unit wants others to go first; its pCPU reschedules next. */
  protected void yieldPcpu(SchedUnit unit, long now) {}

  /**
   * Chooses what a pCPU runs next.
   *
   * @param current what it runs now: a unit, runnable or not, or its idle unit
   * @return the unit to run, out of every queue, or the idle unit; sets {@link #sliceNanos}
   */
  protected abstract SchedUnit schedule(int cpu, SchedUnit current, long now);

  /** The unit that a switch took off its pCPU can be queued again. */
  protected void contextSaved(SchedUnit previous, long now) {}

  /**
   * Weight and cap of a domain are set in one call.
   *
   * @param weight 1 to 65535, or 0 to leave it alone
   * @param capPercent percent of one pCPU, 0 for none, or negative to leave it alone
   */
  protected void weightAndCap(SchedDomain domain, int weight, int capPercent, long now) {}

  /**
   * Period, budget and extratime of a vCPU are set.
   *
   * @throws IllegalStateException if the policy has no such parameters
   */
  protected void realTime(
      SchedUnit unit, long periodNanos, long budgetNanos, boolean extratime, long now) {
    throw new IllegalStateException(
        "the scheduler of this pool has neither periods nor budgets; rtds has");
  }
}
