// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/**
 * The vCPUs of a unit where a unit is more than one (granularity core or socket; fact: {@code
 * common/sched/core.c}). The unit is runnable if any of them is; the policy sees the unit alone.
 */
final class UnitGroup {
  private SchedUnit unit;
  final Vcpu[] members;
  private final SchedHost host;

  UnitGroup(SchedHost host, SchedUnit unit, int members) {
    this.host = host;
    this.unit = unit;
    this.members = new Vcpu[members];
    unit.pauseFlags = SchedUnit.NOBODY;
  }

  /** The group is the one of another unit now. */
  void belongTo(SchedUnit newUnit) {
    unit = newUnit;
    unit.group = this;
    unit.pauseFlags = SchedUnit.NOBODY;
    followMembers();
  }

  private void followMembers() {
    for (Vcpu member : members) {
      if (member != null && member.ownFlags == 0) {
        unit.pauseFlags &= ~SchedUnit.NOBODY;
        return;
      }
    }
    unit.pauseFlags |= SchedUnit.NOBODY;
  }

  /** A member blocks: a decision for the whole unit follows, as in the source. */
  void block(Vcpu member) {
    member.ownFlags |= SchedUnit.BLOCKED;
    followMembers();
    host.raise(unit.pcpu);
  }

  /** A reason why a member is not runnable may have gone. */
  void wakeIfRunnable(Vcpu member, long now) {
    followMembers();
    member.runnableAgain(now);
    if (member.flags() == 0) {
      unit.scheduler.wake(unit, now);
      if (unit.running && !member.isRunning()) {
        host.pcpus[unit.pcpu].threads.run(member, now);
      }
    }
  }

  /** A member, or the unit as a whole, may not be runnable any more. */
  void sleep(Vcpu member, long now) {
    followMembers();
    if (member.flags() == 0) {
      return;
    }
    member.offlineIfRunnable(now);
    if (unit.pauseFlags != 0) {
      unit.scheduler.sleep(unit, now);
    } else if (unit.running && member.isRunning()) {
      // The others go on: its thread alone is left idle, without a decision.
      host.pcpus[unit.pcpu].threads.run(member, now);
    }
  }

  /**
   * The unit is to be placed anew: its members are told one after the other, and one that runs
   * leaves its thread at once as long as others run and may go on.
   */
  void sleepAll(long now) {
    int running = 0;
    int waiting = 0;
    for (Vcpu member : members) {
      running += member.isRunning() ? 1 : 0;
      waiting += mayGoOn(member) ? 1 : 0;
    }
    for (Vcpu member : members) {
      waiting -= mayGoOn(member) ? 1 : 0;
      member.offlineIfRunnable(now);
      if (waiting > 0 && running > 1 && member.isRunning()) {
        host.pcpus[unit.pcpu].threads.run(member, now);
        running--;
      }
    }
    unit.scheduler.sleep(unit, now);
  }

  /** Returns whether nothing but the placement of its unit keeps a vCPU. */
  private static boolean mayGoOn(Vcpu member) {
    return (member.flags() & ~SchedUnit.MIGRATING) == 0;
  }

  /** The unit has been placed anew: its runnable members wait for a pCPU again. */
  void wakeAll(long now) {
    followMembers();
    for (Vcpu member : members) {
      member.runnableAgain(now);
    }
    if (unit.pauseFlags == 0) {
      unit.scheduler.wake(unit, now);
    }
  }
}
