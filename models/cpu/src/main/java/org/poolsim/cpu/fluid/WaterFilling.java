// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

import java.util.Arrays;

/**
 * Weighted max-min shares of one capacity: every vCPU gets {@code min(wanted, weight * level)} with
 * the highest level that the capacity allows. Each round satisfies the vCPUs that want less than
 * their share of what is left and shares the rest anew: at most one round per vCPU, few in
 * practice.
 *
 * <p>All in integers ({@link Share}); a share is rounded down, so that the sum never exceeds the
 * capacity.
 */
final class WaterFilling {
  private int[] pending = new int[16];
  private int unsatisfied;
  private long levelCapacity;
  private long levelWeight;

  /**
   * Fills {@code granted}.
   *
   * @param members indexes into the other arrays
   * @param count how many of {@code members} take part
   * @param wanted rates in [0, 1] pCPU
   * @param weights 1 to 65535
   * @param capacity capacity to share, at most 2^12 pCPUs
   */
  void fill(int[] members, int count, int[] wanted, int[] weights, long capacity, int[] granted) {
    if (pending.length < count) {
      pending = Arrays.copyOf(pending, Math.max(count, 2 * pending.length));
    }
    long weight = 0;
    int left = 0;
    for (int i = 0; i < count; i++) {
      int member = members[i];
      granted[member] = 0;
      if (wanted[member] > 0) {
        pending[left++] = member;
        weight += weights[member];
      }
    }
    long rest = capacity;
    while (left > 0) {
      long roundRest = rest;
      long roundWeight = weight;
      int kept = 0;
      for (int i = 0; i < left; i++) {
        int member = pending[i];
        if (wanted[member] * roundWeight <= weights[member] * roundRest) {
          granted[member] = wanted[member];
          rest -= wanted[member];
          weight -= weights[member];
        } else {
          pending[kept++] = member;
        }
      }
      if (kept == left) {
        break;
      }
      left = kept;
    }
    unsatisfied = left;
    levelCapacity = rest;
    levelWeight = weight;
    int lastWeight = 0;
    int share = 0;
    for (int i = 0; i < left; i++) {
      int member = pending[i];
      if (weights[member] != lastWeight) {
        // Most vCPUs have one weight: one division for all of them
        lastWeight = weights[member];
        share = (int) (lastWeight * rest / weight);
      }
      granted[member] = share;
    }
  }

  /** Hands the units that rounding has left over, fewer than there are unsatisfied vCPUs, out. */
  void handOutRest(int[] granted) {
    long rest = levelCapacity;
    for (int i = 0; i < unsatisfied; i++) {
      rest -= granted[pending[i]];
    }
    for (int i = 0; i < unsatisfied && rest > 0; i++, rest--) {
      granted[pending[i]]++;
    }
  }

  /** Returns what a vCPU would get at the level of the last {@link #fill}. */
  int atLevel(int wanted, int weight) {
    return unsatisfied == 0 ? wanted : (int) Math.min(wanted, weight * levelCapacity / levelWeight);
  }
}
