// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

/** Something that a running VM does: lives from the end of a boot to the VM's end. */
interface Activity {
  /** Begins now. */
  void begin();

  /** Ends now; nothing of it happens any more. */
  void end();
}
