// SPDX-License-Identifier: Apache-2.0
package org.poolsim.network;

/**
 * What a network's MTU makes of payload: TCP with timestamps over IPv4 takes 52 bytes of each
 * packet, Ethernet a header of 14 and, on the wire, 24 more (checksum, preamble, gap).
 */
record Framing(double framePerByte, double wirePerByte) {
  static Framing of(int mtuBytes) {
    double payload = Math.max(16, mtuBytes - 52);
    return new Framing((mtuBytes + 14) / payload, (mtuBytes + 38) / payload);
  }
}
