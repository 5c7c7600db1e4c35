// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A set of pCPUs of one host, as flat words. Mutable, allocation-free after construction, not
 * thread safe. Two masks that meet in an operation have the same size.
 */
public final class CpuMask {
  private final int size;
  private final long[] words;

  /**
   * Creates an empty set.
   *
   * @param size number of pCPUs of the host
   */
  public CpuMask(int size) {
    this.size = size;
    this.words = new long[(size + 63) >>> 6];
  }

  /** Returns the set of all pCPUs from 0 to {@code size - 1}. */
  public static CpuMask all(int size) {
    CpuMask mask = new CpuMask(size);
    for (int cpu = 0; cpu < size; cpu++) {
      mask.set(cpu);
    }
    return mask;
  }

  /** Returns the set with the members of a bit set below {@code size}. */
  public static CpuMask of(int size, BitSet members) {
    CpuMask mask = new CpuMask(size);
    for (int cpu = members.nextSetBit(0);
        cpu >= 0 && cpu < size;
        cpu = members.nextSetBit(cpu + 1)) {
      mask.set(cpu);
    }
    return mask;
  }

  /** Returns whether a pCPU is a member. */
  public boolean test(int cpu) {
    return (words[cpu >>> 6] & (1L << cpu)) != 0;
  }

  /** Adds a pCPU. */
  public void set(int cpu) {
    words[cpu >>> 6] |= 1L << cpu;
  }

  /** Removes a pCPU. */
  public void clear(int cpu) {
    words[cpu >>> 6] &= ~(1L << cpu);
  }

  /** Removes all. */
  public void clearAll() {
    Arrays.fill(words, 0L);
  }

  /** Returns whether there is no member. */
  public boolean isEmpty() {
    for (long word : words) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the number of members. */
  public int count() {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /** Makes this set equal to another. */
  public void copy(CpuMask other) {
    System.arraycopy(other.words, 0, words, 0, words.length);
  }

  /** Makes this set the intersection of two. */
  public void and(CpuMask a, CpuMask b) {
    for (int i = 0; i < words.length; i++) {
      words[i] = a.words[i] & b.words[i];
    }
  }

  /** Makes this set {@code a} without the members of {@code b}. */
  public void andNot(CpuMask a, CpuMask b) {
    for (int i = 0; i < words.length; i++) {
      words[i] = a.words[i] & ~b.words[i];
    }
  }

  /** Makes this set the union of two. */
  public void or(CpuMask a, CpuMask b) {
    for (int i = 0; i < words.length; i++) {
      words[i] = a.words[i] | b.words[i];
    }
  }

  /** Returns whether two sets have a common member. */
  public boolean intersects(CpuMask other) {
    for (int i = 0; i < words.length; i++) {
      if ((words[i] & other.words[i]) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns the number of common members of two sets. */
  public int countCommon(CpuMask other) {
    int count = 0;
    for (int i = 0; i < words.length; i++) {
      count += Long.bitCount(words[i] & other.words[i]);
    }
    return count;
  }

  /** Returns whether every member is a member of {@code other}. */
  public boolean isSubsetOf(CpuMask other) {
    for (int i = 0; i < words.length; i++) {
      if ((words[i] & ~other.words[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the lowest member that is at least {@code from}, or -1. */
  public int next(int from) {
    if (from >= size) {
      return -1;
    }
    int i = from >>> 6;
    long word = words[i] & (-1L << from);
    while (word == 0) {
      if (++i == words.length) {
        return -1;
      }
      word = words[i];
    }
    return (i << 6) + Long.numberOfTrailingZeros(word);
  }

  /** Returns the lowest member, or -1. */
  public int first() {
    return next(0);
  }

  /**
   * Returns the next member strictly after {@code cpu}, wrapping, {@code cpu} itself last; -1 if
   * there is none. Xen uses it for every "pick one".
   */
  public int cycle(int cpu) {
    int after = next(cpu + 1);
    return after >= 0 ? after : next(0);
  }

  /** Returns {@code cpu} if it is a member, otherwise {@link #cycle}. */
  public int testOrCycle(int cpu) {
    return test(cpu) ? cpu : cycle(cpu);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CpuMask mask && Arrays.equals(words, mask.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return BitSet.valueOf(words).toString();
  }
}
