// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.memory;

import java.util.List;

/** {@code squeezed-periodic}: the periodic balance over many ticks. */
public final class SqueezedPeriodicSet extends SqueezedSet {
  /** Creates the set {@code squeezed-periodic}. */
  public SqueezedPeriodicSet() {
    super("squeezed-periodic", "squeezed-periodic", List.of("periodic"));
  }
}
