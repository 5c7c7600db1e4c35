// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import java.util.Arrays;
import org.poolsim.cpu.sched.CpuPool;

/**
 * What is known of the credit of the units that run on the pCPUs of a run queue, so that a tickle
 * looks only at those that have less than the woken unit, and at none if there is none.
 *
 * <p>A unit of the greatest weight, without a cap, burns credit as time passes: its credit is the
 * time from now to a fixed one. Whether the charge of that time is made at once, as the source does
 * whenever it scores the pCPU, or later is the same, as long as no weight or cap changes. For that
 * case it is noted which pCPUs were scored when; {@link #forget} makes the charge.
 */
final class RunningCredits {
  /** Below the end of every credit: nothing is known, or the charge takes a division. */
  private static final long UNKNOWN = -(1L << 61);

  /** Above the end of every credit, and less than 2^63 above the former: the pCPU runs nothing. */
  private static final long NOTHING = 1L << 62;

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

  /** More pCPUs than bits in a word: nothing is known or noted of them. */
  private final boolean tooMany;

  /** The pCPUs whose end is {@link #UNKNOWN}, one bit each. */
  private long unknown;

  /** No end that is known is before this. */
  private long lowestEnd = NOTHING;

  // The latest tickles: when; of which pCPUs, one bit each, those were scored that had begun to run
  // what they ran before a limit; and the limit.
  private final long[] tickleNanos = new long[NOTES];
  private final long[] toScore = new long[NOTES];
  private final long[] switchedBefore = new long[NOTES];
  private int notes;

  /** By pCPU, when it was scored last by a tickle before those. */
  private final long[] lastScoredNanos;

  RunningCredits(CpuPool pool) {
    int pcpus = pool.topology().pcpus();
    this.pool = pool;
    tooMany = pcpus > MOST_PCPUS;
    ends = new long[pcpus];
    lastScoredNanos = new long[pcpus];
    Arrays.fill(ends, NOTHING);
  }

  /** A pCPU runs a unit that has just been charged. */
  void runs(int cpu, Credit2Unit unit) {
    if (!tooMany && unit.burnsAsTimePasses()) {
      long end = unit.startTime + unit.credit;
      ends[cpu] = end;
      unknown &= ~(1L << cpu);
      lowestEnd = lower(lowestEnd, end);
    } else {
      ends[cpu] = UNKNOWN;
      unknown |= 1L << cpu;
    }
  }

  /** A pCPU runs nothing. */
  void runsNothing(int cpu) {
    ends[cpu] = NOTHING;
    unknown &= ~(1L << cpu);
  }

  /** A weight or cap is about to change: what should have been charged is. */
  void forget() {
    sumUp();
    for (int cpu = 0; cpu < ends.length; cpu++) {
      if (ends[cpu] != UNKNOWN && ends[cpu] != NOTHING) {
        ((Credit2Unit) pool.current(cpu)).burn(lastScoredNanos[cpu]);
        ends[cpu] = UNKNOWN;
        unknown |= 1L << cpu;
      }
    }
  }

  /**
   * A tickle scores the pCPUs of a set, one bit each, that began to run what they run before {@code
   * limitNanos}.
   */
  void scores(long busy, long limitNanos, long now) {
    if (notes == NOTES) {
      sumUp();
    }
    tickleNanos[notes] = now;
    toScore[notes] = busy;
    switchedBefore[notes] = limitNanos;
    notes++;
  }

  /** Returns whether a pCPU may run a unit of less than a credit; others need no charge now. */
  boolean mayBeBelow(int cpu, long credit, long now) {
    return ends[cpu] - now < credit;
  }

  /**
   * Scores pCPUs where no unit has a soft affinity, and returns the one that a woken unit preempts:
   * its own, if what runs there has less credit than it; otherwise that with the least and less
   * than {@code credit}, the lowest number first among equal ones. Only those count that began to
   * run what they run before {@code limitNanos}.
   *
   * @param busy the pCPUs that count, one bit each
   * @return {@link #NONE} if there is none, {@link #NOT_KNOWN} if the credit of one is not
   */
  int preempted(long busy, int own, long ownCredit, long credit, long limitNanos, long now) {
    if ((unknown & busy) != 0 || tooMany) {
      return NOT_KNOWN;
    }
    long others = busy & ~(1L << own);
    if (others != busy
        && pool.switchedNanos(own) < limitNanos
        && ends[own] - now < ownCredit
        && ownCredit > Credit2Scheduler.LEAST_CREDIT) {
      scores(busy ^ others, limitNanos, now);
      return own;
    }
    scores(busy, limitNanos, now);
    return lowestEnd - now >= credit ? NONE : leastBelow(others, credit, limitNanos, now);
  }

  private int leastBelow(long busy, long credit, long limitNanos, long now) {
    long most = credit * MOST_PCPUS;
    long least = most;
    for (long left = busy; left != 0; left &= left - 1) {
      int cpu = Long.numberOfTrailingZeros(left);
      long key = (ends[cpu] - now) * MOST_PCPUS + cpu;
      long apart = key - least;
      // Whether it counts and is lower is not to be predicted: the signs say it without a branch.
      long sooner = pool.switchedNanos(cpu) - limitNanos;
      least += apart & ((apart & sooner) >> (Long.SIZE - 1));
    }
    if (least == most) {
      findLowestEnd();
      return NONE;
    }
    // A charge leaves no less than the least credit: then others may be equal.
    return least < Credit2Scheduler.LEAST_CREDIT * MOST_PCPUS
        ? NOT_KNOWN
        : (int) (least & (MOST_PCPUS - 1));
  }

  private void findLowestEnd() {
    long lowest = NOTHING;
    for (long end : ends) {
      lowest = lower(lowest, end);
    }
    lowestEnd = lowest;
  }

  /** Returns the lower one; {@code Math.min} of longs would be a branch. */
  private static long lower(long a, long b) {
    long apart = b - a;
    return a + (apart & (apart >> (Long.SIZE - 1)));
  }

  private void sumUp() {
    int pcpus = Math.min(ends.length, MOST_PCPUS);
    for (int cpu = 0; cpu < pcpus; cpu++) {
      long switched = pool.switchedNanos(cpu);
      for (int i = notes - 1; i >= 0 && switchedBefore[i] > switched; i--) {
        if ((toScore[i] >>> cpu & 1) != 0) {
          lastScoredNanos[cpu] = tickleNanos[i];
          break;
        }
      }
    }
    notes = 0;
  }
}
