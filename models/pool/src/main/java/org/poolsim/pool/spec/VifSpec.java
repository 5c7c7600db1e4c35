// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * A VM's NIC.
 *
 * @param device its number in the guest, 0 to 255; unique in its VM
 * @param network the network's name
 * @param mac {@code null} to have one drawn from the run's seed
 * @param limitBytesPerSecond transmit limit ("ratelimit"); 0 for none
 */
public record VifSpec(int device, String network, String mac, long limitBytesPerSecond) {
  public VifSpec {
    Require.between(device, 0, 255, "device number of a VIF");
    Require.name(network, "the network of VIF " + device);
    Require.notNegative(limitBytesPerSecond, "limit of VIF " + device + " in bytes/s");
  }
}
