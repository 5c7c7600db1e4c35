// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

import org.poolsim.cpu.DomainRunstate;

/**
 * The runstate of a domain with several vCPUs. Rates say how much of the time each vCPU runs, is
 * runnable or rests, not which of them do so together: they are taken as independent. With {@code
 * r}, {@code q} and {@code b} the running, runnable and resting fractions of the vCPUs,
 *
 * <pre>
 * full run            prod r
 * full contention     prod q
 * blocked             prod b
 * partial run         prod (r + b) - prod r - prod b
 * partial contention  prod (q + b) - prod q - prod b
 * concurrency hazard  the rest
 * </pre>
 *
 * Blocked time is what is left of the domain's age, so that the six add up exactly.
 */
final class RunstateShares {
  private static final DomainRunstate[] STATES = DomainRunstate.values();
  private static final int BLOCKED = DomainRunstate.BLOCKED.number();

  private final long createdNanos;
  private final int[] rates = new int[STATES.length];
  private final long[] nanos = new long[STATES.length];
  private final long[] fractions = new long[STATES.length];
  private long sinceNanos;

  RunstateShares(long nowNanos) {
    createdNanos = nowNanos;
    sinceNanos = nowNanos;
    rates[BLOCKED] = Share.ONE;
  }

  void update(long nowNanos, FluidVcpu[] vcpus) {
    accrue(nowNanos);
    double allRun = 1;
    double allRunnable = 1;
    double allRest = 1;
    double noneRunnable = 1;
    double noneRun = 1;
    for (FluidVcpu vcpu : vcpus) {
      double run = Share.toDouble(vcpu.running);
      double runnable = Share.toDouble(vcpu.runnable());
      allRun *= run;
      allRunnable *= runnable;
      allRest *= 1 - run - runnable;
      noneRunnable *= 1 - runnable;
      noneRun *= 1 - run;
    }
    int left = Share.ONE;
    left = take(DomainRunstate.BLOCKED, allRest, left);
    left = take(DomainRunstate.FULL_RUN, allRun, left);
    left = take(DomainRunstate.FULL_CONTENTION, allRunnable, left);
    left = take(DomainRunstate.PARTIAL_RUN, noneRunnable - allRun - allRest, left);
    left = take(DomainRunstate.PARTIAL_CONTENTION, noneRun - allRunnable - allRest, left);
    double hazard = 1 - noneRunnable - noneRun + allRest;
    left = take(DomainRunstate.CONCURRENCY_HAZARD, hazard, left);
    // What rounding has left goes to the state that is derived anyway.
    rates[BLOCKED] += left;
  }

  private int take(DomainRunstate state, double fraction, int left) {
    int rate = Math.min(left, Share.of(Math.max(0, fraction)));
    rates[state.number()] = rate;
    return left - rate;
  }

  int rate(DomainRunstate state) {
    return rates[state.number()];
  }

  private void accrue(long nowNanos) {
    long elapsed = nowNanos - sinceNanos;
    if (elapsed == 0) {
      return;
    }
    sinceNanos = nowNanos;
    long high = elapsed >>> Share.BITS;
    long low = elapsed & Share.MASK;
    for (int i = 0; i < rates.length; i++) {
      int rate = rates[i];
      if (rate != 0 && i != BLOCKED) {
        long part = rate * low + fractions[i];
        nanos[i] += rate * high + (part >>> Share.BITS);
        fractions[i] = part & Share.MASK;
      }
    }
  }

  long nanos(DomainRunstate state, long nowNanos) {
    accrue(nowNanos);
    if (state != DomainRunstate.BLOCKED) {
      return nanos[state.number()];
    }
    long rest = nowNanos - createdNanos;
    for (long part : nanos) {
      rest -= part;
    }
    return rest;
  }
}
