// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/** Port for the I/O of a guest's swapping: the device that its swap lies on. */
public interface PagingDevice {
  /** Reads pages back; {@link PagedAccess#pagedIn()} is called when they are there. */
  void read(PagedAccess access, int bytes);

  /** Writes pages out; nobody waits for it. */
  void write(int bytes);
}
