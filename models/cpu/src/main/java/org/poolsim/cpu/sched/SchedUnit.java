// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/**
 * What a policy schedules: a vCPU, or the idle loop of a pCPU. Policies keep their own state in a
 * subclass.
 */
public abstract class SchedUnit {
  static final int BLOCKED = 1;
  static final int MIGRATING = 2;
  static final int PARKED = 4;
  static final int PAUSED = 8;

  /** Of a unit of several vCPUs: none of them is runnable for a reason of its own. */
  static final int NOBODY = 16;

  /** Why the unit is not runnable; 0 if it is. */
  int pauseFlags;

  int pcpu;
  boolean running;
  boolean pinned;
  boolean softRestricts;
  boolean softAffinityMatters;
  long stateEntryNanos;
  Vcpu vcpu;

  /** Whose unit it is; {@code null} for an idle unit. */
  Scheduler scheduler;

  /** The vCPUs of the unit where the granularity is not a pCPU; otherwise {@code null}. */
  UnitGroup group;

  CpuMask hard;
  CpuMask soft;
  CpuMask softAndHard;

  /** Returns whether this is the idle loop of a pCPU. */
  public final boolean isIdle() {
    return vcpu == null;
  }

  /** Returns whether the unit wants to run: not blocked, paused, parked or about to migrate. */
  public final boolean isRunnable() {
    return pauseFlags == 0;
  }

  /** Returns whether the unit is on its pCPU now. */
  public final boolean isRunning() {
    return running;
  }

  /** Returns the pCPU that the unit is assigned to: where it runs, or would be queued. */
  public final int pcpu() {
    return pcpu;
  }

  /** Assigns the unit to a pCPU. */
  public final void setPcpu(int cpu) {
    pcpu = cpu;
  }

  /** Returns when the unit was last switched in or out; choosing it again does not count. */
  public final long stateEntryNanos() {
    return stateEntryNanos;
  }

  /** Returns the vCPU, the first one of several; {@code null} for an idle unit. */
  public final Vcpu vcpu() {
    return vcpu;
  }

  /** Returns the domain of the vCPU. */
  public final SchedDomain domain() {
    return vcpu.domain();
  }

  /** Returns the pCPUs that the unit may run on, as they were set. Not to be changed. */
  public final CpuMask hardAffinity() {
    return hard;
  }

  /** Returns the pCPUs that the unit prefers, as they were set. Not to be changed. */
  public final CpuMask softAffinity() {
    return soft;
  }

  /** Returns whether the hard affinity, as it was set, names one hardware thread alone. */
  public final boolean isPinned() {
    return pinned;
  }

  /**
   * Returns whether soft affinity says more than hard affinity: the hard mask is not a subset of
   * the soft one, they intersect, and the pool is not a subset of the soft mask.
   */
  public final boolean softAffinityMatters() {
    return softAffinityMatters;
  }

  /** Returns the preferred pCPUs among the allowed ones; the allowed ones if none is preferred. */
  public final CpuMask softAndHardAffinity() {
    return softAndHard;
  }

  /** Marks a running unit to be placed anew once it is off its pCPU; it is not runnable until. */
  public final void markMigrating() {
    pauseFlags |= MIGRATING;
  }

  /** Takes the right to run from a unit until {@link #unpark}; the policy handles its queues. */
  public final void park() {
    pauseFlags |= PARKED;
  }

  /** Ends a {@link #park}. */
  public final void unpark() {
    pauseFlags &= ~PARKED;
  }

  // ---- masks ----

  /** Sets the pCPUs that the unit may run on and those that it prefers. */
  final void restrictTo(CpuMask newHard, CpuMask newSoft) {
    SchedHost host = domain().host();
    CpuMask both = newHard;
    if (!newHard.isSubsetOf(newSoft)) {
      both = new CpuMask(host.topology().pcpus());
      both.and(newSoft, newHard);
    }
    boolean intersect = !both.isEmpty();
    hard = newHard;
    soft = newSoft;
    softAffinityMatters = softRestricts && intersect && !domain().pool().pcpus.isSubsetOf(newSoft);
    host.softAffinityGiven |= !host.all.isSubsetOf(newSoft);
    softAndHard = intersect ? both : newHard;
  }

  /** The pool has other pCPUs; a mask that has none of them left is given up. */
  final void poolChanged() {
    CpuMask all = domain().host().all;
    if (hard.intersects(domain().pool().pcpus)) {
      restrictTo(hard, soft);
    } else {
      pinned = false;
      softRestricts = !all.isSubsetOf(soft);
      restrictTo(all, soft);
    }
  }

  /** A pCPU is about to leave the pool: until it has, the masks are without it. */
  final void hide(int cpu) {
    hard = without(cpu, hard);
    softAndHard = without(cpu, softAndHard);
  }

  private CpuMask without(int cpu, CpuMask mask) {
    CpuMask rest = new CpuMask(domain().host().topology().pcpus());
    rest.copy(mask);
    rest.clear(cpu);
    return rest;
  }
}
