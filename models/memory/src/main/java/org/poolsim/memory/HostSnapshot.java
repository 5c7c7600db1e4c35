// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.Arrays;

/**
 * What squeezed sees of a host at one instant: free memory and, in ascending domid, its domains.
 * Refilled in place for each look; grows, and never shrinks.
 */
public final class HostSnapshot {
  long freeKib;
  int size;
  int[] domid = new int[16];
  boolean[] canBalloon = new boolean[16];
  long[] dynamicMinKib = new long[16];
  long[] targetKib = new long[16];
  long[] dynamicMaxKib = new long[16];
  long[] actualKib = new long[16];
  long[] inaccuracyKib = new long[16];

  /**
   * Empties the snapshot.
   *
   * @param newFreeKib free memory less all that is reserved; may be negative
   */
  public void reset(long newFreeKib) {
    freeKib = newFreeKib;
    size = 0;
  }

  /**
   * Adds a domain.
   *
   * @param newDomid above that of the domain added before
   * @param ballooning whether the domain can balloon
   * @throws IllegalArgumentException if domids do not ascend
   */
  public void add(
      int newDomid,
      boolean ballooning,
      long newDynamicMinKib,
      long newTargetKib,
      long newDynamicMaxKib,
      long newActualKib,
      long newInaccuracyKib) {
    if (size > 0 && domid[size - 1] >= newDomid) {
      throw new IllegalArgumentException(
          "domids ascend in a snapshot: " + newDomid + " after " + domid[size - 1]);
    }
    if (size == domid.length) {
      grow();
    }
    domid[size] = newDomid;
    canBalloon[size] = ballooning;
    dynamicMinKib[size] = newDynamicMinKib;
    targetKib[size] = newTargetKib;
    dynamicMaxKib[size] = newDynamicMaxKib;
    actualKib[size] = newActualKib;
    inaccuracyKib[size] = newInaccuracyKib;
    size++;
  }

  /** Returns the free memory in KiB. */
  public long freeKib() {
    return freeKib;
  }

  /** Returns the number of domains. */
  public int size() {
    return size;
  }

  boolean hitsTarget(int at) {
    return hits(at, targetKib[at]);
  }

  boolean hits(int at, long target) {
    return Math.abs(actualKib[at] - target) <= inaccuracyKib[at];
  }

  long rangeKib(int at) {
    return Math.max(0, dynamicMaxKib[at] - dynamicMinKib[at]);
  }

  private void grow() {
    int length = size * 2;
    domid = Arrays.copyOf(domid, length);
    canBalloon = Arrays.copyOf(canBalloon, length);
    dynamicMinKib = Arrays.copyOf(dynamicMinKib, length);
    targetKib = Arrays.copyOf(targetKib, length);
    dynamicMaxKib = Arrays.copyOf(dynamicMaxKib, length);
    actualKib = Arrays.copyOf(actualKib, length);
    inaccuracyKib = Arrays.copyOf(inaccuracyKib, length);
  }
}
