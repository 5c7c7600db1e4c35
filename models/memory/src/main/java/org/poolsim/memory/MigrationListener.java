// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/** Hears whether a VM's balloon has come to rest before its memory is copied. */
public interface MigrationListener {
  /** It has; {@link VmMemory#migrationKib()} is what the receiver allocates. */
  void ready(VmMemory vm);

  /** It is still moving after 120 s. */
  void timedOut(VmMemory vm);
}
