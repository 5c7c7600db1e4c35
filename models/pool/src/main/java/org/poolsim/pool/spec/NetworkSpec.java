// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * A pool-wide layer-2 segment. On a host where no PIF, bond or VLAN attaches to it, it is internal
 * to that host.
 *
 * @param name unique in the pool
 * @param uuid may be {@code null}
 * @param mtuBytes 68 to 65535; 1500 is the toolstack's default
 */
public record NetworkSpec(String name, String uuid, int mtuBytes) {
  public NetworkSpec {
    Require.name(name, "a network");
    Require.between(mtuBytes, 68, 65_535, "MTU of network " + name + " in bytes");
  }
}
