// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A set of pCPUs of one host. Mutable, allocation-free after construction, not thread safe. Two
 * masks that meet in an operation have the same size.
 *
 * <p>The first 64 pCPUs are one word in the object itself, so that on all but the largest hosts an
 * operation is a single one of the processor and touches nothing else.
 */
public final class CpuMask {
  private static final int WORD = 64;

  private final int size;

  /** Words of the pCPUs from 64 on, {@code null} if there are none. */
  private final long[] rest;

  private long word;

  /**
   * Creates an empty set.
   *
   * @param size number of pCPUs of the host
   */
  public CpuMask(int size) {
    this.size = size;
    this.rest = size <= WORD ? null : new long[(size - 1) / WORD];
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

  private static int restIndex(int cpu) {
    return (cpu >>> 6) - 1;
  }

  // Each operation is its one-word form and, apart, what more words add: short methods are inlined.

  /** Returns whether a pCPU is a member. */
  public boolean test(int cpu) {
    return cpu < WORD ? ((word >>> cpu) & 1) != 0 : testRest(cpu);
  }

  private boolean testRest(int cpu) {
    return ((rest[restIndex(cpu)] >>> cpu) & 1) != 0;
  }

  /** Adds a pCPU. */
  public void set(int cpu) {
    if (cpu < WORD) {
      word |= 1L << cpu;
    } else {
      setRest(cpu);
    }
  }

  private void setRest(int cpu) {
    rest[restIndex(cpu)] |= 1L << cpu;
  }

  /** Removes a pCPU. */
  public void clear(int cpu) {
    if (cpu < WORD) {
      word &= ~(1L << cpu);
    } else {
      clearRest(cpu);
    }
  }

  private void clearRest(int cpu) {
    rest[restIndex(cpu)] &= ~(1L << cpu);
  }

  /** Adds or removes a pCPU. */
  public void put(int cpu, boolean member) {
    if (cpu < WORD) {
      word = (word & ~(1L << cpu)) | ((member ? 1L : 0L) << cpu);
    } else if (member) {
      setRest(cpu);
    } else {
      clearRest(cpu);
    }
  }

  /** Removes all. */
  public void clearAll() {
    word = 0;
    if (rest != null) {
      Arrays.fill(rest, 0L);
    }
  }

  /** Returns whether there is no member. */
  public boolean isEmpty() {
    return word == 0 && (rest == null || restIsEmpty());
  }

  private boolean restIsEmpty() {
    for (long more : rest) {
      if (more != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the number of members. */
  public int count() {
    return rest == null ? Long.bitCount(word) : Long.bitCount(word) + countRest();
  }

  private int countRest() {
    int count = 0;
    for (long more : rest) {
      count += Long.bitCount(more);
    }
    return count;
  }

  /** Makes this set equal to another. */
  public void copy(CpuMask other) {
    word = other.word;
    if (rest != null) {
      System.arraycopy(other.rest, 0, rest, 0, rest.length);
    }
  }

  /** Makes this set the intersection of two. */
  public void and(CpuMask a, CpuMask b) {
    word = a.word & b.word;
    if (rest != null) {
      andRest(a.rest, b.rest);
    }
  }

  private void andRest(long[] a, long[] b) {
    for (int i = 0; i < rest.length; i++) {
      rest[i] = a[i] & b[i];
    }
  }

  /** Makes this set {@code a} without the members of {@code b}. */
  public void andNot(CpuMask a, CpuMask b) {
    word = a.word & ~b.word;
    if (rest != null) {
      andNotRest(a.rest, b.rest);
    }
  }

  private void andNotRest(long[] a, long[] b) {
    for (int i = 0; i < rest.length; i++) {
      rest[i] = a[i] & ~b[i];
    }
  }

  /** Makes this set the union of two. */
  public void or(CpuMask a, CpuMask b) {
    word = a.word | b.word;
    if (rest != null) {
      orRest(a.rest, b.rest);
    }
  }

  private void orRest(long[] a, long[] b) {
    for (int i = 0; i < rest.length; i++) {
      rest[i] = a[i] | b[i];
    }
  }

  /** Returns those of the first 64 pCPUs that are members, one bit each. */
  public long firstWord() {
    return word;
  }

  /** Returns whether two sets have a common member. */
  public boolean intersects(CpuMask other) {
    return (word & other.word) != 0 || (rest != null && countCommonRest(other.rest) > 0);
  }

  /** Returns the number of common members of two sets. */
  public int countCommon(CpuMask other) {
    int count = Long.bitCount(word & other.word);
    return rest == null ? count : count + countCommonRest(other.rest);
  }

  private int countCommonRest(long[] other) {
    int count = 0;
    for (int i = 0; i < rest.length; i++) {
      count += Long.bitCount(rest[i] & other[i]);
    }
    return count;
  }

  /** Returns whether every member is a member of {@code other}. */
  public boolean isSubsetOf(CpuMask other) {
    return (word & ~other.word) == 0 && (rest == null || restIsSubsetOf(other.rest));
  }

  private boolean restIsSubsetOf(long[] other) {
    for (int i = 0; i < rest.length; i++) {
      if ((rest[i] & ~other[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the lowest member that is at least {@code from}, or -1. */
  public int next(int from) {
    long members = from < WORD ? word & (-1L << from) : 0;
    return members != 0 ? Long.numberOfTrailingZeros(members) : nextRest(from);
  }

  private int nextRest(int from) {
    int at = Math.max(from, WORD);
    if (at >= size) {
      return -1;
    }
    int i = restIndex(at);
    long members = rest[i] & (-1L << at);
    while (members == 0) {
      if (++i == rest.length) {
        return -1;
      }
      members = rest[i];
    }
    return (i + 1) * WORD + Long.numberOfTrailingZeros(members);
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
    return rest == null ? cycleWord(cpu + 1) : cycleRest(cpu + 1);
  }

  /** Returns {@code cpu} if it is a member, otherwise {@link #cycle}. */
  public int testOrCycle(int cpu) {
    return rest == null ? cycleWord(cpu) : cycleRest(cpu);
  }

  /**
   * Turns the word until {@code from} is its lowest bit: without a branch on whether the search
   * wraps.
   */
  private int cycleWord(int from) {
    long members = word;
    if (members == 0) {
      return -1;
    }
    return (from + Long.numberOfTrailingZeros(Long.rotateRight(members, from))) & (WORD - 1);
  }

  private int cycleRest(int from) {
    int after = next(from);
    return after >= 0 ? after : next(0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CpuMask mask && word == mask.word && Arrays.equals(rest, mask.rest);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(word) + Arrays.hashCode(rest);
  }

  @Override
  public String toString() {
    BitSet members = new BitSet(size);
    for (int cpu = first(); cpu >= 0; cpu = next(cpu + 1)) {
      members.set(cpu);
    }
    return members.toString();
  }
}
