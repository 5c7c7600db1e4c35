// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * What a guest does with its memory. Only its requests and its boot touch the working set;
 * background levels do not.
 *
 * @param bytes pages in use, above 0
 * @param baseBytes kernel and all else that is never given up
 * @param cacheBytes file cache that it would like to keep
 * @param touchesPerSecond pages touched for each second of CPU time, above 0; those touched a
 *     moment ago not counted
 * @param skew 1 for uniform access, 2 to 3 where few pages take most of it
 * @param dirtyFraction part of the pages that have to be written before they can be given up
 * @param swapNanos time of a read of the swap of a VM without a disk, at least 1
 */
public record WorkingSetSpec(
    long bytes,
    long baseBytes,
    long cacheBytes,
    double touchesPerSecond,
    double skew,
    double dirtyFraction,
    long swapNanos) {
  public WorkingSetSpec {
    Require.positive(bytes, "working set in bytes");
    Require.notNegative(baseBytes, "base of a guest in bytes");
    Require.notNegative(cacheBytes, "cache of a guest in bytes");
    Require.positive(touchesPerSecond, "pages touched for each second of CPU time");
    Require.between(skew, 1, 100, "skew of a working set");
    Require.between(dirtyFraction, 0, 1, "dirty fraction of a working set");
    Require.positive(swapNanos, "time of a read of the swap in ns");
  }
}
