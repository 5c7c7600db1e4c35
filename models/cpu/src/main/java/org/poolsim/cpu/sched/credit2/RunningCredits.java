// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import java.util.Arrays;
import org.poolsim.cpu.sched.CpuMask;
import org.poolsim.cpu.sched.CpuPool;

/**
 * What is known of the credit of the units that run on the pCPUs of a run queue, so that a tickle
 * looks only at those that have less than the woken unit.
 *
 * <p>A unit of the greatest weight, without a cap, burns credit as time passes: its credit is the
 * time from now to a fixed one. Whether the charge of that time is made at once, as the source does
 * whenever it scores the pCPU, or later is the same, as long as no weight or cap changes. For that
 * case it is noted which pCPUs were scored when; {@link #forget} makes the charge.
 */
final class RunningCredits {
  /** Below the end of every credit: nothing is known, or the charge takes a division. */
  private static final long UNKNOWN = -(1L << 62);

  /** Hosts with more pCPUs than bits in a word do without. */
  private static final int MOST_PCPUS = Long.SIZE;

  private static final int NOTES = 64;

  /** No pCPU. */
  static final int NONE = -1;

  /** The unit of one of the pCPUs is charged by a division, or there are too many pCPUs. */
  static final int NOT_KNOWN = -2;

  private final CpuPool pool;

  /** By pCPU, when the credit of what runs there is used up. */
  private final long[] ends;

  /** The latest tickles: when, and the pCPUs that were scored, one bit each. */
  private final long[] scoredNanos = new long[NOTES];

  private final long[] scored = new long[NOTES];
  private int notes;

  /** By pCPU, when it was scored last by a tickle before those. */
  private final long[] lastScoredNanos;

  RunningCredits(CpuPool pool) {
    int pcpus = pool.topology().pcpus();
    this.pool = pool;
    ends = new long[pcpus];
    lastScoredNanos = new long[pcpus];
    Arrays.fill(ends, UNKNOWN);
  }

  /** A pCPU runs a unit that has just been charged. */
  void runs(int cpu, Credit2Unit unit) {
    boolean known = ends.length <= MOST_PCPUS && unit.burnsAsTimePasses();
    ends[cpu] = known ? unit.startTime + unit.credit : UNKNOWN;
  }

  /** A pCPU runs nothing that is known. */
  void runsNothing(int cpu) {
    ends[cpu] = UNKNOWN;
  }

  /** A weight or cap is about to change: what should have been charged is. */
  void forget() {
    sumUp();
    for (int cpu = 0; cpu < ends.length; cpu++) {
      if (ends[cpu] != UNKNOWN) {
        ((Credit2Unit) pool.current(cpu)).burn(lastScoredNanos[cpu]);
        ends[cpu] = UNKNOWN;
      }
    }
  }

  /**
   * Removes the pCPUs from a set that began to run what they run at {@code switchedBefore} or
   * later, and those that run a unit of no less than a credit.
   */
  void retainBelow(CpuMask busy, long credit, long switchedBefore, long now) {
    if (notes == NOTES) {
      sumUp();
    }
    scoredNanos[notes] = now;
    scored[notes] = pool.retainSwitchedBefore(busy, switchedBefore, ends, now + credit);
    notes++;
  }

  /**
   * Returns the pCPU whose unit has least credit and less than {@code credit}, the lowest number
   * first among equal ones; {@link #NONE}, or {@link #NOT_KNOWN} if the credit of one is not.
   */
  int leastBelow(CpuMask busy, long credit, long now) {
    if (ends.length > MOST_PCPUS) {
      return NOT_KNOWN;
    }
    long least = credit * MOST_PCPUS;
    long lowestEnd = Long.MAX_VALUE;
    for (long left = busy.firstWord(); left != 0; left &= left - 1) {
      int cpu = Long.numberOfTrailingZeros(left);
      long end = ends[cpu];
      lowestEnd = Math.min(lowestEnd, end);
      // A charge leaves no less than the least credit.
      long rest = Math.max(end - now, Credit2Scheduler.LEAST_CREDIT);
      least = Math.min(least, rest * MOST_PCPUS + cpu);
    }
    if (lowestEnd == UNKNOWN) {
      return NOT_KNOWN;
    }
    return least < credit * MOST_PCPUS ? (int) (least & (MOST_PCPUS - 1)) : NONE;
  }

  private void sumUp() {
    long all = -1L >>> (Long.SIZE - Math.min(ends.length, MOST_PCPUS));
    long later = 0;
    for (int i = notes - 1; i >= 0 && later != all; i--) {
      for (long left = scored[i] & ~later; left != 0; left &= left - 1) {
        lastScoredNanos[Long.numberOfTrailingZeros(left)] = scoredNanos[i];
      }
      later |= scored[i];
    }
    notes = 0;
  }
}
