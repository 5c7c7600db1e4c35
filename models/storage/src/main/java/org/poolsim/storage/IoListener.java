// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

/** Hears of the end of each request of a disk. */
@FunctionalInterface
public interface IoListener {
  /**
   * A request has ended.
   *
   * @param nanos from its submission by the guest to the guest's answer, the wait for the ring
   *     included
   */
  void completed(IoDirection direction, long nanos);
}
