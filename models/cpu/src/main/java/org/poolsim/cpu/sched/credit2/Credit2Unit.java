// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import org.poolsim.cpu.sched.Quotient;
import org.poolsim.cpu.sched.SchedUnit;

/** Credit2's state of a vCPU or idle loop. */
final class Credit2Unit extends SchedUnit {
  static final int NOT_TICKLED = -1;
  static final long UNLIMITED = Long.MAX_VALUE;

  Credit2Domain domain;
  int weight = 256;

  /** Whether the domain has a cap. */
  boolean capped;

  /** In nanoseconds at the rate of the heaviest unit of the run queue. */
  long credit;

  /** Sum of the resets of the run queue that {@link #credit} contains. */
  long resetsTaken;

  long residual;
  long startTime;
  long budget = UNLIMITED;
  long budgetQuota;
  int tickledCpu = NOT_TICKLED;
  boolean yielding;
  boolean queued;
  boolean putBack;

  /** Chosen by a pCPU: about to run, running, or not yet off it completely. */
  boolean scheduled;

  Credit2Unit next;
  Credit2Unit previous;

  /** The run queue that the unit is assigned to, and its neighbours there in that order. */
  RunQueue queue;

  Credit2Unit nextAssigned;
  Credit2Unit previousAssigned;

  /** Where a running unit was asked to move. */
  RunQueue requestedQueue;

  Credit2Unit nextParked;
  boolean isParked;

  /** Load average, fixed point. */
  long load;

  long loadUpdated;

  /** Charges for the time since the last charge (fact sheet 4.2). */
  void burn(long now) {
    RunQueue.takeResets(this);
    long ran = now - startTime;
    if (ran <= 0) {
      return;
    }
    credit = Math.max(credit - charge(ran), Credit2Scheduler.LEAST_CREDIT);
    if (capped) {
      budget -= ran;
    }
    startTime = now;
  }

  /** Returns whether charges are the time itself, and nothing but credit changes. */
  boolean burnsAsTimePasses() {
    int greatest = queue.greatestWeight;
    return weight == greatest && residual < greatest && !capped;
  }

  /**
   * Returns the credit for time that the unit ran, rounded down; what is lost to that is kept in
   * {@link #residual}. At the greatest weight it is the time itself.
   */
  long charge(long ranNanos) {
    int greatest = queue.greatestWeight;
    if (weight == greatest && residual < greatest) {
      return ranNanos;
    }
    long value = ranNanos * greatest + residual;
    long charge = Quotient.of(value, weight);
    residual = value - charge * weight;
    return charge;
  }

  /** Returns the time that the unit can run for credit, rounded down. */
  long time(long credit) {
    int greatest = queue.greatestWeight;
    return weight == greatest ? credit : Quotient.of(credit * weight, greatest);
  }
}
