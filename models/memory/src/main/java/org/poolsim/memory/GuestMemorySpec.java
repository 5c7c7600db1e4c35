// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/**
 * What a guest does with its memory.
 *
 * @param baseKib kernel and all else that is never given up
 * @param workingSetKib pages in use, above 0
 * @param cacheKib file cache that it would like to keep; clean, and given up without a wait
 * @param skew how fast misses grow below the working set: 1 for uniform access, 2 to 3 where few
 *     pages take most of it
 * @param dirtyFraction part of the pages that have to be written before they can be given up
 * @param clusterPages pages read together when one is missed, 1 to 64; 8 is Linux' swap readahead
 * @param usefulPages pages of a cluster that are wanted, 1 to {@code clusterPages}
 * @param swapOutKibPerSecond how fast pages in use can be written out under pressure
 */
public record GuestMemorySpec(
    long baseKib,
    long workingSetKib,
    long cacheKib,
    double skew,
    double dirtyFraction,
    int clusterPages,
    int usefulPages,
    double swapOutKibPerSecond) {
  public GuestMemorySpec {
    if (baseKib < 0 || workingSetKib <= 0 || cacheKib < 0 || !(skew >= 1)) {
      throw new IllegalArgumentException(
          "a guest has a base and a cache of at least 0 KiB, a working set above 0 KiB and a skew"
              + " of at least 1: "
              + baseKib
              + ", "
              + cacheKib
              + ", "
              + workingSetKib
              + ", "
              + skew);
    }
    if (!(dirtyFraction >= 0 && dirtyFraction <= 1)
        || clusterPages < 1
        || clusterPages > 64
        || usefulPages < 1
        || usefulPages > clusterPages
        || !(swapOutKibPerSecond > 0)) {
      throw new IllegalArgumentException(
          "expected 0 <= dirty fraction <= 1, 1 <= useful pages <= cluster <= 64 and a speed above"
              + " 0: "
              + dirtyFraction
              + ", "
              + usefulPages
              + ", "
              + clusterPages
              + ", "
              + swapOutKibPerSecond);
    }
  }

  /** Returns a guest with uniform access, single useful pages and a disk of 100 MiB/s. */
  public static GuestMemorySpec of(long baseKib, long workingSetKib, long cacheKib) {
    return new GuestMemorySpec(baseKib, workingSetKib, cacheKib, 1, 0.5, 8, 1, 100 << 10);
  }
}
