// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/** Hears how a VM's start gets on. */
public interface VmMemoryListener {
  /** The memory is reserved; the toolstack may create the domain and then have it built. */
  void admitted(VmMemory vm);

  /** The domain has its memory and affinity; the guest may run. */
  void built(VmMemory vm);

  /** The start has failed; nothing is reserved or held any more. */
  void refused(VmMemory vm, MemoryRefusal why);
}
