// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * A physical NIC of a host.
 *
 * @param device for example {@code eth0}; unique on its host
 * @param uuid may be {@code null}
 * @param speedBitsPerSecond line rate in each direction, above 0
 * @param network the network that it attaches the host to; {@code null} for none (a bond's member)
 */
public record PifSpec(String device, String uuid, long speedBitsPerSecond, String network) {
  public PifSpec {
    Require.name(device, "a PIF");
    Require.positive(speedBitsPerSecond, "speed of PIF " + device + " in bit/s");
  }
}
