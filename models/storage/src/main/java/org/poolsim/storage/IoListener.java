// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

/** Hears of the end of each request of a disk. */
@FunctionalInterface
public interface IoListener {
  /**
   * A request has ended.
   *
   * @param request what it was and where its time went; valid during the call
   * @param nanos from its submission by the guest to the guest's answer, the wait for the ring
   *     included
   */
  void completed(BlockRequest request, long nanos);
}
