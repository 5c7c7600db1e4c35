// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.Arrays;

/**
 * Which domains make progress, as squeezed remembers it for the length of one call (fact sheet,
 * section 3, step 1). Aligned with the snapshot looked at last.
 */
final class Activity {
  private final double stuckAfterSeconds;
  private final double memorySeconds;

  private int size;
  private int[] domid = new int[16];
  private long[] lastActualKib = new long[16];
  private double[] lastProgressSeconds = new double[16];
  private double[] stuckSinceSeconds = new double[16];
  private boolean[] stuck = new boolean[16];
  private boolean[] nonActive = new boolean[16];
  private boolean[] wasNonActive = new boolean[16];

  Activity(double stuckAfterSeconds, double memorySeconds) {
    this.stuckAfterSeconds = stuckAfterSeconds;
    this.memorySeconds = memorySeconds;
  }

  /** A new call begins: faithfully, everybody is presumed active again. */
  void forget(double nowSeconds) {
    if (memorySeconds <= 0) {
      size = 0;
      return;
    }
    for (int i = 0; i < size; i++) {
      if (!stuck[i] || nowSeconds - stuckSinceSeconds[i] >= memorySeconds) {
        stuck[i] = false;
        nonActive[i] = false;
        lastProgressSeconds[i] = nowSeconds;
      }
    }
  }

  void observe(double nowSeconds, HostSnapshot host) {
    align(nowSeconds, host);
    for (int i = 0; i < size; i++) {
      long actual = host.actualKib[i];
      long delta = actual - lastActualKib[i];
      lastActualKib[i] = actual;
      boolean hit = host.hitsTarget(i);
      boolean progress = !hit && (host.targetKib[i] > actual ? delta > 0 : delta < 0);
      if (progress) {
        lastProgressSeconds[i] = nowSeconds;
        stuck[i] = false;
      }
      // A domain that reaches its target without moving stays stuck, and time on target does not
      // count as progress: both as in the real daemon.
      if (!hit && nowSeconds - lastProgressSeconds[i] > stuckAfterSeconds) {
        if (!stuck[i]) {
          stuckSinceSeconds[i] = nowSeconds;
        }
        stuck[i] = true;
      }
      wasNonActive[i] = nonActive[i];
      nonActive[i] = !host.canBalloon[i] || stuck[i];
    }
  }

  boolean isActive(int at) {
    return !nonActive[at];
  }

  boolean isNewlyNonActive(int at) {
    return nonActive[at] && !wasNonActive[at];
  }

  /** Returns whether a stuck domain may become active by the passing of time alone. */
  boolean remembersStuckDomains() {
    if (memorySeconds > 0) {
      for (int i = 0; i < size; i++) {
        if (stuck[i]) {
          return true;
        }
      }
    }
    return false;
  }

  private void align(double nowSeconds, HostSnapshot host) {
    if (size == host.size && Arrays.equals(domid, 0, size, host.domid, 0, size)) {
      return;
    }
    int length = Math.max(domid.length, host.domid.length);
    int[] newDomid = new int[length];
    long[] newLastActual = new long[length];
    double[] newLastProgress = new double[length];
    double[] newStuckSince = new double[length];
    boolean[] newStuck = new boolean[length];
    boolean[] newNonActive = new boolean[length];
    int old = 0;
    for (int i = 0; i < host.size; i++) {
      newDomid[i] = host.domid[i];
      while (old < size && domid[old] < host.domid[i]) {
        old++;
      }
      if (old < size && domid[old] == host.domid[i]) {
        newLastActual[i] = lastActualKib[old];
        newLastProgress[i] = lastProgressSeconds[old];
        newStuckSince[i] = stuckSinceSeconds[old];
        newStuck[i] = stuck[old];
        newNonActive[i] = nonActive[old];
      } else {
        newLastActual[i] = host.actualKib[i];
        newLastProgress[i] = nowSeconds;
      }
    }
    size = host.size;
    domid = newDomid;
    lastActualKib = newLastActual;
    lastProgressSeconds = newLastProgress;
    stuckSinceSeconds = newStuckSince;
    stuck = newStuck;
    nonActive = newNonActive;
    wasNonActive = new boolean[length];
  }
}
