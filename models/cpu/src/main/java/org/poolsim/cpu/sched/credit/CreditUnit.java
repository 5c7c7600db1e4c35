// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit;

import org.poolsim.cpu.sched.SchedUnit;

/** Credit's state of a vCPU or idle loop. */
final class CreditUnit extends SchedUnit {
  static final int BOOST = 0;
  static final int UNDER = -1;
  static final int OVER = -2;
  static final int IDLE = -64;

  /** Longer ago than any delay. */
  private static final long NEVER = Long.MIN_VALUE / 2;

  CreditDomain domain;
  int priority = UNDER;
  int credit;

  /** Part of a credit that was burnt but not charged yet, in millionths of a credit. */
  long residual;

  /** Since when CPU time is uncharged; while the unit is off its pCPU, relative to the next run. */
  long startTime;

  /**
   * When the pCPU that ran the unit last rescheduled; a unit that has never run is not cache-hot.
   */
  long lastScheduledNanos = NEVER;

  boolean parked;
  boolean yielding;
  boolean migrating;
  boolean active;

  /** Neighbours in the run queue of the unit's pCPU. */
  CreditUnit next;

  CreditUnit previous;
  boolean queued;

  /** Neighbours in the domain's list of active units. */
  CreditUnit nextActive;

  CreditUnit previousActive;
}
