// SPDX-License-Identifier: Apache-2.0
package org.poolsim.network;

/** How a bond spreads traffic. */
public enum BondMode {
  /** Each VIF keeps to one member, chosen by a hash of its MAC. */
  BALANCE_SLB,
  /** One member carries everything. */
  ACTIVE_BACKUP,
  /** Each flow keeps to one member. */
  LACP
}
