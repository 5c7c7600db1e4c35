// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/** Port through which a balloon driver asks its guest for pages. */
public interface GuestReclaim {
  /** A guest that always has pages to give. */
  GuestReclaim ALWAYS = (wantedKib, actualKib) -> wantedKib;

  /**
   * The guest gives pages that it can free without waiting for its disks.
   *
   * @param wantedKib above 0
   * @param actualKib what the guest has
   * @return what it gives, from 0 to {@code wantedKib}
   */
  long reclaim(long wantedKib, long actualKib);

  /** The guest has more or less memory than before. */
  default void memoryChanged() {}
}
