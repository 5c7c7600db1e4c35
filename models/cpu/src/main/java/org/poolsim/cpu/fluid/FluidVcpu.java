// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

import java.util.BitSet;
import org.poolsim.cpu.Runstate;

/**
 * One vCPU: what it wants, what it gets, and the time it has spent in each runstate. Blocked time
 * is the rest of its age, so that the runstates add up exactly; fractions of a nanosecond are
 * carried on.
 */
final class FluidVcpu {
  final FluidDomain domain;
  private final long createdNanos;

  /** Hard affinity; null is all pCPUs. */
  BitSet hardAffinity;

  /** Soft affinity; null is all pCPUs. */
  private SoftMask.Member soft;

  /** What ran outside of a soft affinity that has been taken away. */
  private double earlierNonaffineNanos;

  /** Whether the guest has placed queued work here. */
  boolean working;

  /** Demand besides queued work. */
  int demand;

  /** Wanted by the guest, cap or no cap. */
  int want;

  /** Wanted within the cap. */
  int allowed;

  /** Received. */
  int running;

  /** Paused or cut off by the cap: offline to Xen. */
  int offline;

  private int runnable;

  private long sinceNanos;
  private long runningNanos;
  private long runningFraction;
  private long runnableNanos;
  private long runnableFraction;
  private long offlineNanos;
  private long offlineFraction;

  FluidVcpu(FluidDomain domain, long nowNanos) {
    this.domain = domain;
    this.createdNanos = nowNanos;
    this.sinceNanos = nowNanos;
  }

  /** Lets the vCPU go on at new rates; returns whether they differ from the old ones. */
  boolean setRates(long nowNanos, int newRunning, int newRunnable, int newOffline) {
    if (newRunning == running && newRunnable == runnable && newOffline == offline) {
      return false;
    }
    accrue(nowNanos);
    if (soft != null) {
      soft.rateChanged(nowNanos, running, newRunning);
    }
    running = newRunning;
    runnable = newRunnable;
    offline = newOffline;
    return true;
  }

  /** Sets the soft affinity; {@code null} is all pCPUs. */
  void prefer(SoftMask mask, long nowNanos) {
    if (soft != null) {
      earlierNonaffineNanos = soft.leave(nowNanos, running);
    }
    soft =
        mask == null ? null : new SoftMask.Member(mask, earlierNonaffineNanos, running, nowNanos);
  }

  long nonaffineNanos(long nowNanos) {
    return (long) (soft == null ? earlierNonaffineNanos : soft.nanos(nowNanos, running));
  }

  int runnable() {
    return runnable;
  }

  int rate(Runstate state) {
    return switch (state) {
      case RUNNING -> running;
      case RUNNABLE -> runnable;
      case BLOCKED -> Share.ONE - running - runnable - offline;
      case OFFLINE -> offline;
    };
  }

  /** Adds up the time since the last change. */
  void accrue(long nowNanos) {
    long elapsed = nowNanos - sinceNanos;
    if (elapsed == 0) {
      return;
    }
    sinceNanos = nowNanos;
    long high = elapsed >>> Share.BITS;
    long low = elapsed & Share.MASK;
    if (running != 0) {
      long part = running * low + runningFraction;
      runningNanos += running * high + (part >>> Share.BITS);
      runningFraction = part & Share.MASK;
    }
    if (runnable != 0) {
      long part = runnable * low + runnableFraction;
      runnableNanos += runnable * high + (part >>> Share.BITS);
      runnableFraction = part & Share.MASK;
    }
    if (offline != 0) {
      long part = offline * low + offlineFraction;
      offlineNanos += offline * high + (part >>> Share.BITS);
      offlineFraction = part & Share.MASK;
    }
  }

  long nanos(Runstate state, long nowNanos) {
    accrue(nowNanos);
    return switch (state) {
      case RUNNING -> runningNanos;
      case RUNNABLE -> runnableNanos;
      case BLOCKED -> nowNanos - createdNanos - runningNanos - runnableNanos - offlineNanos;
      case OFFLINE -> offlineNanos;
    };
  }

  long runningNanos(long nowNanos) {
    if (running != 0) {
      accrue(nowNanos);
    }
    return runningNanos;
  }

  long runningFraction() {
    return runningFraction;
  }

  void audit(long nowNanos) {
    if (running < 0 || runnable < 0 || offline < 0 || rate(Runstate.BLOCKED) < 0) {
      throw new IllegalStateException(
          domain.name() + ": the rates of a vCPU do not add up to 1 at " + nowNanos + " ns");
    }
    if (nonaffineNanos(nowNanos) > runningNanos(nowNanos) * (1 + 1e-9) + 1) {
      throw new IllegalStateException(
          domain.name() + ": a vCPU ran more outside of its soft affinity than it ran");
    }
    long rest = nanos(Runstate.BLOCKED, nowNanos);
    if (rest < 0) {
      throw new IllegalStateException(
          domain.name()
              + ": the runstates of a vCPU exceed its age by "
              + -rest
              + " ns at "
              + nowNanos);
    }
  }
}
