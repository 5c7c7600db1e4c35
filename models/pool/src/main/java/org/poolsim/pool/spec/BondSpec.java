// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.List;

/**
 * PIFs that act as one.
 *
 * @param name for example {@code bond0}; unique on its host
 * @param uuid may be {@code null}
 * @param members devices of the PIFs, at least one, in order
 * @param mode how traffic is spread over the members
 * @param network the network that it attaches the host to; {@code null} for none (VLANs only)
 */
public record BondSpec(
    String name, String uuid, List<String> members, BondMode mode, String network) {
  /** How a bond spreads traffic. */
  public enum BondMode {
    /** Each VIF keeps to one member, chosen by a hash of its MAC. */
    BALANCE_SLB,
    /** One member carries everything. */
    ACTIVE_BACKUP,
    /** Each flow keeps to one member. */
    LACP
  }

  public BondSpec {
    Require.name(name, "a bond");
    members = List.copyOf(members);
    Require.notEmpty(members, "the member list of bond " + name);
    Require.unique(members, "members of bond " + name);
    Require.present(mode, "the mode of bond " + name);
  }
}
