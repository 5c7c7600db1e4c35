// SPDX-License-Identifier: Apache-2.0
package org.poolsim.network;

/**
 * dom0 CPU time of the network path.
 *
 * @param sendUnitNanos for each unit of up to 64 KiB that a guest sends
 * @param sendNanosPerByte for each byte that a guest sends
 * @param receiveUnitNanos for each unit of up to 64 KiB that a guest receives
 * @param receiveNanosPerByte for each byte that a guest receives
 * @param switchUnitNanos for each unit that the virtual switch forwards
 */
public record NetworkCosts(
    double sendUnitNanos,
    double sendNanosPerByte,
    double receiveUnitNanos,
    double receiveNanosPerByte,
    double switchUnitNanos) {
  /**
   * A unit of 64 KiB takes 9 us to send and 16 us to receive, a packet of 1500 B 1.1 and 1.5 us (to
   * be calibrated).
   */
  private static final NetworkCosts NETBACK =
      new NetworkCosts(1_100, 7_900.0 / 65_536, 1_500, 14_500.0 / 65_536, 0);

  /** Netback under Open vSwitch, whose flow-table hit takes 0.35 us. */
  public static final NetworkCosts OPENVSWITCH = NETBACK.withSwitch(350);

  /** Netback under the Linux bridge, 0.3 us. */
  public static final NetworkCosts BRIDGE = NETBACK.withSwitch(300);

  static final long UNIT_BYTES = 65_536;

  /** Returns these costs under another switch. */
  public NetworkCosts withSwitch(double unitNanos) {
    return new NetworkCosts(
        sendUnitNanos, sendNanosPerByte, receiveUnitNanos, receiveNanosPerByte, unitNanos);
  }

  long sendNanos(long bytes) {
    return Math.max(
        1, Math.round(units(bytes) * (sendUnitNanos + switchUnitNanos) + bytes * sendNanosPerByte));
  }

  long receiveNanos(long bytes) {
    return Math.max(
        1,
        Math.round(
            units(bytes) * (receiveUnitNanos + switchUnitNanos) + bytes * receiveNanosPerByte));
  }

  private static long units(long bytes) {
    return (bytes + UNIT_BYTES - 1) / UNIT_BYTES;
  }
}
