// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/** Memory that squeezed holds back for a domain that does not have it yet. */
final class Reservation {
  final long kib;

  /** The domain that it is being transferred to; {@code null} before. */
  VmMemory inTransferTo;

  Reservation(long kib) {
    this.kib = kib;
  }

  /** While the domain lives, its own unaccounted amount counts instead. */
  long heldKib() {
    return inTransferTo != null && inTransferTo.isDomain() ? 0 : kib;
  }
}
