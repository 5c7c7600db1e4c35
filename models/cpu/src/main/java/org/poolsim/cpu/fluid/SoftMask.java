// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

import java.util.BitSet;

/**
 * The pCPUs that some vCPUs of a host prefer, and how much of what they run must be elsewhere. The
 * shares say how much a vCPU runs, not where: what the vCPUs of one mask run together beyond the
 * pCPUs of the mask is outside for certain, and is taken as spread over them in proportion to what
 * they run. With {@code r} the sum of their rates and {@code m} the pCPUs of the mask, the part
 *
 * <pre>
 * max(0, 1 - m / r)
 * </pre>
 *
 * of each one's time is outside: the least that there can be. Each mask is looked at by itself.
 */
final class SoftMask {
  private final BitSet pcpus;
  private final long capacity;

  /** Sum of the rates of the vCPUs that have this mask. */
  private long rate;

  /** Integral of the part that is outside, in nanoseconds. */
  private double outsideNanos;

  private long sinceNanos;

  SoftMask(BitSet pcpus, long nowNanos) {
    this.pcpus = pcpus;
    capacity = pcpus.cardinality() * (long) Share.ONE;
    sinceNanos = nowNanos;
  }

  boolean isOf(BitSet mask) {
    return pcpus.equals(mask);
  }

  private double outsideNanos(long nowNanos) {
    if (nowNanos > sinceNanos) {
      if (rate > capacity) {
        outsideNanos += (1 - (double) capacity / rate) * (nowNanos - sinceNanos);
      }
      sinceNanos = nowNanos;
    }
    return outsideNanos;
  }

  /** One vCPU with this mask. */
  static final class Member {
    private final SoftMask mask;
    private double nanos;
    private double maskOutsideNanos;

    /**
     * @param nanos what the vCPU has run outside of masks that it had before, in nanoseconds
     * @param running its rate
     */
    Member(SoftMask mask, double nanos, int running, long nowNanos) {
      this.mask = mask;
      this.nanos = nanos;
      maskOutsideNanos = mask.outsideNanos(nowNanos);
      mask.rate += running;
    }

    /** The vCPU's rate is another one from now on. */
    void rateChanged(long nowNanos, int before, int now) {
      accrue(nowNanos, before);
      mask.rate += now - before;
    }

    /** Returns what the vCPU has run outside, in nanoseconds, up to now. */
    double nanos(long nowNanos, int running) {
      accrue(nowNanos, running);
      return nanos;
    }

    /** The vCPU has this mask no longer; returns what it has run outside. */
    double leave(long nowNanos, int running) {
      accrue(nowNanos, running);
      mask.rate -= running;
      return nanos;
    }

    private void accrue(long nowNanos, int running) {
      double outside = mask.outsideNanos(nowNanos);
      nanos += Share.toDouble(running) * (outside - maskOutsideNanos);
      maskOutsideNanos = outside;
    }
  }
}
