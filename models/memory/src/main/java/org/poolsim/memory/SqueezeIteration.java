// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.Arrays;

/**
 * One decision of squeezed (fact sheet, section 3, steps 2 to 5): who is active, what everybody
 * should have, who may move now. Reused; allocates only when a host has more domains than ever
 * before.
 */
final class SqueezeIteration {
  /** What is to be done. */
  enum Decision {
    ADJUST_TARGETS,
    SUCCESS,
    FAILED
  }

  private final boolean twoPhase;
  private final boolean inaccuracyCompensation;
  private long[] newTargetKib = new long[16];
  private boolean[] candidate = new boolean[16];
  private int candidates;
  private int changes;

  SqueezeIteration(SqueezedSettings settings) {
    twoPhase = settings.twoPhase();
    inaccuracyCompensation = settings.inaccuracyCompensation();
  }

  Decision decide(
      HostSnapshot host, Activity activity, long goalKib, long freeAtLeastKib, long freeBelowKib) {
    int size = host.size;
    if (newTargetKib.length < size) {
      newTargetKib = new long[host.domid.length];
      candidate = new boolean[host.domid.length];
    }
    proportionalTargets(host, activity, goalKib);

    boolean freeing = false;
    boolean allReached = true;
    for (int i = 0; i < size; i++) {
      boolean active = activity.isActive(i);
      candidate[i] =
          active && newTargetKib[i] < host.actualKib[i] && !host.hits(i, newTargetKib[i]);
      freeing |= candidate[i];
      allReached &= !active || host.hitsTarget(i);
    }
    candidates = 0;
    changes = 0;
    for (int i = 0; i < size; i++) {
      if (!freeing || !twoPhase) {
        candidate[i] = activity.isActive(i);
      }
      if (candidate[i]) {
        candidates++;
        if (host.targetKib[i] != newTargetKib[i]) {
          changes++;
        }
      }
    }

    if (!allReached || changes > 0) {
      return Decision.ADJUST_TARGETS;
    }
    if (host.freeKib >= freeAtLeastKib && host.freeKib < freeBelowKib) {
      return Decision.SUCCESS;
    }
    return Decision.FAILED;
  }

  /** Returns the number of targets handed out, equal ones included. */
  int candidates() {
    return candidates;
  }

  /** Returns the number of targets handed out that differ from the present one. */
  int changes() {
    return changes;
  }

  /** Returns whether the domain may move now. */
  boolean isCandidate(int at) {
    return candidate[at];
  }

  long newTargetKib(int at) {
    return newTargetKib[at];
  }

  /** Step 3. Rounding loses up to 1 KiB a domain; nothing redistributes it. */
  private void proportionalTargets(HostSnapshot host, Activity activity, long goalKib) {
    long maxFree = host.freeKib;
    long ranges = 0;
    for (int i = 0; i < host.size; i++) {
      if (activity.isActive(i)) {
        maxFree += freeableKib(host, i);
        ranges += host.rangeKib(i);
      }
    }
    double gamma = gamma(maxFree, goalKib, ranges);
    Arrays.fill(newTargetKib, 0, host.size, -1);
    for (int i = 0; i < host.size; i++) {
      if (activity.isActive(i)) {
        newTargetKib[i] = target(host.dynamicMinKib[i], host.rangeKib(i), gamma);
      }
    }
  }

  /**
   * Returns what a reservation of [{@code minKib}, {@code maxKib}] would ideally be granted: its
   * proportional target beside all domains of the host, active or not (fact sheet, section 5).
   */
  long rangeIdealKib(HostSnapshot host, long minKib, long maxKib, long goalKib) {
    long range = Math.max(0, maxKib - minKib);
    long maxFree = host.freeKib;
    long ranges = range;
    for (int i = 0; i < host.size; i++) {
      maxFree += freeableKib(host, i);
      ranges += host.rangeKib(i);
    }
    return target(minKib, range, gamma(maxFree, goalKib, ranges));
  }

  private long freeableKib(HostSnapshot host, int at) {
    long compensation = inaccuracyCompensation ? 2 * host.inaccuracyKib[at] : 0;
    return Math.max(0, host.actualKib[at] - host.dynamicMinKib[at] - compensation);
  }

  private static double gamma(long maxFreeKib, long goalKib, long rangesKib) {
    double gamma = (double) Math.max(0, maxFreeKib - goalKib) / (double) rangesKib;
    // 0/0 is nobody's share, x/0 everybody's maximum.
    return Double.isNaN(gamma) ? 0 : Math.max(0, Math.min(1, gamma));
  }

  private static long target(long minKib, long rangeKib, double gamma) {
    return minKib + (long) (gamma * rangeKib);
  }
}
