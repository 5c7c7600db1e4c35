// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/** Port through which squeezed sets balloon targets. */
@FunctionalInterface
public interface TargetWriter {
  /**
   * Sets the target and the ceiling of a domain that can balloon; of any other only raises the
   * ceiling, never lowers it. A negative amount is ignored.
   */
  void write(int domid, long kib);
}
