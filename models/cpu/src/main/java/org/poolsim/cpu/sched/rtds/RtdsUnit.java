// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.rtds;

import org.poolsim.cpu.sched.SchedUnit;

/** RTDS's state of a vCPU or idle loop. Times are system time. */
final class RtdsUnit extends SchedUnit {
  static final long DEFAULT_PERIOD = 10_000_000L;
  static final long DEFAULT_BUDGET = 4_000_000L;

  long period = DEFAULT_PERIOD;
  long budget = DEFAULT_BUDGET;
  boolean extratime = true;
  long budgetLeft;
  long deadline;
  int level;
  long burnStart;
  boolean depleted;
  boolean putBack;

  /** In the run queue, or aside without budget. */
  boolean queued;

  boolean aside;
  RtdsUnit next;
  RtdsUnit previous;

  boolean awaitsReplenishment;
  RtdsUnit nextReplenished;
  RtdsUnit previousReplenished;

  /** Link of the units that one replenishment takes. */
  RtdsUnit nextTaken;

  /** Lower level first, then earlier deadline. */
  boolean outranks(RtdsUnit other) {
    return level < other.level || (level == other.level && deadline < other.deadline);
  }

  /** Deadlines are multiples of the period away; what was left of the budget is lost. */
  void startPeriod(long now) {
    if (deadline <= now) {
      deadline += ((now - deadline) / period + 1) * period;
    }
    budgetLeft = budget;
    level = 0;
    burnStart = now;
  }

  void burn(long now) {
    if (isIdle()) {
      return;
    }
    // Even one that has not run yet: extratime may have been given to it while it had no budget.
    budgetLeft -= now - burnStart;
    burnStart = now;
    if (budgetLeft <= 0) {
      if (extratime) {
        level++;
        budgetLeft = budget;
      } else {
        budgetLeft = 0;
        depleted = true;
      }
    }
  }
}
