// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/** Hears how a VM's start gets on. */
public interface VmMemoryListener {
  /** The memory is reserved; the toolstack may create the domain and then have it built. */
  void admitted(VmMemory vm);

  /** The domain has its memory and affinity; the guest may run. */
  void built(VmMemory vm);

  /** A try has failed; squeezed is asked again ten seconds later. */
  default void retrying(VmMemory vm, MemoryRefusal why) {}

  /** The memory of the domain, its target or its range is new; also when the domain has gone. */
  default void moved(VmMemory vm) {}

  /** squeezed has set or cleared the {@code memory/uncooperative} flag. */
  default void uncooperative(VmMemory vm, boolean flagged) {}

  /** The start has failed; nothing is reserved or held any more. */
  void refused(VmMemory vm, MemoryRefusal why);
}
