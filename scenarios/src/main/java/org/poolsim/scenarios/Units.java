// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import org.poolsim.scenarios.yaml.Quantity;

/** Numbers with units for messages. */
final class Units {
  private Units() {}

  /** Returns a size as people say it. */
  static String size(long bytes) {
    long mib = (bytes + (1 << 20) - 1) >> 20;
    return Quantity.SIZE.format(mib << 20);
  }
}
