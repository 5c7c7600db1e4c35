// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine;

import java.util.Arrays;

/**
 * Sorts the entries of one bucket by time, and those of one time as they came.
 *
 * <p>An entry has the time within the bucket in its upper half and the identity in the lower. Cost:
 * one counting pass into about as many cells as there are entries, then an insertion pass, linear
 * on what is nearly sorted.
 */
final class BucketSort {
  /** Fewer entries are sorted by insertion alone. */
  private static final int FEW = 12;

  private final long[] entries;
  private final long[] distributed;
  private final int[] cells;

  /** Creates the room for a bucket of that many entries. */
  BucketSort(int longest) {
    entries = new long[longest];
    distributed = new long[longest];
    cells = new int[2 * Integer.highestOneBit(longest) + 1];
  }

  /** Returns the array to be filled. */
  long[] entries() {
    return entries;
  }

  /**
   * Sorts the first entries of the array; returns the array in which they then are.
   *
   * @param shift how many bits of the time differ within the bucket, 0 to 31
   */
  long[] sorted(int size, int shift) {
    long[] times = size < FEW ? entries : distribute(size, shift);
    sortByInsertion(times, size);
    return times;
  }

  /** Returns the bytes held. */
  long memoryBytes() {
    return 2L * entries.length * Long.BYTES + (long) cells.length * Integer.BYTES;
  }

  /** One stable counting pass, about one entry a cell. */
  private long[] distribute(int size, int shift) {
    int bits = Math.min(32 - Integer.numberOfLeadingZeros(size - 1), shift);
    int cellShift = 32 + shift - bits;
    int[] at = cells;
    long[] from = entries;
    long[] to = distributed;
    Arrays.fill(at, 0, (1 << bits) + 1, 0);
    for (int i = 0; i < size; i++) {
      at[(int) (from[i] >>> cellShift) + 1]++;
    }
    for (int i = 1; i < 1 << bits; i++) {
      at[i] += at[i - 1];
    }
    for (int i = 0; i < size; i++) {
      long entry = from[i];
      to[at[(int) (entry >>> cellShift)]++] = entry;
    }
    return to;
  }

  private static void sortByInsertion(long[] times, int size) {
    for (int i = 1; i < size; i++) {
      long entry = times[i];
      long equal = entry | 0xffff_ffffL;
      int at = i;
      while (at > 0 && times[at - 1] > equal) {
        times[at] = times[at - 1];
        at--;
      }
      times[at] = entry;
    }
  }
}
