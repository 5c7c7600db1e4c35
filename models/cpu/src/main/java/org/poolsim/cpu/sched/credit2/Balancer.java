// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import org.poolsim.cpu.sched.SchedulerParameters;

/** Moves work between run queues at a credit reset (fact sheet 4.10). */
final class Balancer {
  private final Credit2Scheduler scheduler;
  private final RunQueues queues;
  private final LoadTracking loads;
  private final int underShift;
  private final int overShift;
  private RunQueue local;
  private RunQueue other;
  private long difference;
  private Credit2Unit push;
  private Credit2Unit pull;

  Balancer(
      Credit2Scheduler scheduler,
      SchedulerParameters parameters,
      RunQueues queues,
      LoadTracking loads) {
    this.scheduler = scheduler;
    this.queues = queues;
    this.loads = loads;
    this.underShift =
        LoadAverage.PRECISION_SHIFT + parameters.credit2UnderloadToleranceShift();
    this.overShift = LoadAverage.PRECISION_SHIFT + parameters.credit2OverloadToleranceShift();
  }

  void balance(RunQueue queue, long now) {
    local = queue;
    loads.update(local, 0, now);
    if (queues.count() == 1 || !isWorthwhile(now)) {
      return;
    }
    search(now);
    Credit2Unit pushed = push;
    Credit2Unit pulled = pull;
    RunQueue to = other;
    if (pushed != null) {
      scheduler.migrate(pushed, to, now);
    }
    if (pulled != null) {
      scheduler.migrate(pulled, local, now);
    }
  }

  /** Finds the queue that differs most, and whether it differs enough. */
  private boolean isWorthwhile(long now) {
    other = null;
    difference = 0;
    for (int i = 0; i < queues.count(); i++) {
      RunQueue queue = queues.get(i);
      if (queue == local) {
        continue;
      }
      loads.update(queue, 0, now);
      long apart = Math.abs(local.balanceLoad - queue.balanceLoad);
      if (apart > difference) {
        difference = apart;
        other = queue;
      }
    }
    if (other == null) {
      return false;
    }
    // The source compares with the queue that the walk ended at, not with the one that it found.
    RunQueue last = queues.get(queues.count() - 1);
    long greatestLoad = Math.max(local.balanceLoad, last.balanceLoad);
    long greatestPcpus = Math.max(local.pcpuCount, last.pcpuCount);
    boolean capacityLeft = greatestLoad < greatestPcpus << LoadAverage.PRECISION_SHIFT;
    return difference >= 1L << (capacityLeft ? underShift : overShift);
  }

  private void search(long now) {
    push = null;
    pull = null;
    boolean refreshed = false;
    for (Credit2Unit mine = local.firstAssigned; mine != null; mine = mine.nextAssigned) {
      loads.update(mine, 0, now);
      if (!canMove(mine, other)) {
        continue;
      }
      for (Credit2Unit theirs = other.firstAssigned;
          theirs != null;
          theirs = theirs.nextAssigned) {
        if (!refreshed) {
          loads.update(theirs, 0, now);
        }
        if (canMove(theirs, local)) {
          consider(mine, theirs);
        }
      }
      refreshed = true;
      consider(mine, null);
    }
    for (Credit2Unit theirs = other.firstAssigned; theirs != null; theirs = theirs.nextAssigned) {
      if (canMove(theirs, local)) {
        consider(null, theirs);
      }
    }
  }

  private boolean canMove(Credit2Unit unit, RunQueue to) {
    return unit.requestedQueue == null && unit.hardAffinity().intersects(to.pcpus);
  }

  private void consider(Credit2Unit mine, Credit2Unit theirs) {
    long here = local.balanceLoad;
    long there = other.balanceLoad;
    if (mine != null) {
      here -= mine.load;
      there += mine.load;
    }
    if (theirs != null) {
      here += theirs.load;
      there -= theirs.load;
    }
    long apart = Math.abs(here - there);
    if (apart < difference) {
      difference = apart;
      push = mine;
      pull = theirs;
    }
  }
}
