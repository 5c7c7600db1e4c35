// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/**
 * One thread of a guest that touches memory: pages that are not there are read one after the other.
 * Reused for its whole life.
 */
public abstract class PagedAccess {
  GuestMemory guest;
  long faultsLeft;

  /** Every page is there; the thread goes on. */
  protected abstract void resident();

  /** A read that the thread waited for is over: called by the device. */
  public final void pagedIn() {
    guest.pagedIn(this);
  }
}
