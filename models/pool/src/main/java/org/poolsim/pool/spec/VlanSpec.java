// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * A tagged network on a PIF or a bond.
 *
 * @param on the PIF's or bond's device
 * @param tag 0 to 4094 (the toolstack's API accepts 0)
 * @param network the network that it attaches the host to
 */
public record VlanSpec(String on, int tag, String network) {
  public VlanSpec {
    Require.name(on, "the device under VLAN " + tag);
    Require.between(tag, 0, 4094, "VLAN tag on " + on);
    Require.name(network, "the network of VLAN " + tag + " on " + on);
  }
}
