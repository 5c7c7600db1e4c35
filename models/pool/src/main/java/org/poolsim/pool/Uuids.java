// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.UUID;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

/**
 * Random (version 4, RFC 4122) uuids that depend on the seed, the kind and the name of the object
 * alone.
 */
final class Uuids {
  private static final long VERSION_MASK = 0xffff_ffff_ffff_0fffL;
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT_MASK = 0x3fff_ffff_ffff_ffffL;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final RandomStreams streams;

  Uuids(RandomStreams streams) {
    this.streams = streams.within("uuid");
  }

  /** Returns {@code given}, or a uuid of the object's own if that is {@code null}. */
  String of(String given, String kind, String name) {
    if (given != null) {
      return given;
    }
    RandomStream stream = streams.stream(kind + "/" + name);
    long high = (stream.nextLong() & VERSION_MASK) | VERSION_4;
    long low = (stream.nextLong() & VARIANT_MASK) | VARIANT;
    return new UUID(high, low).toString();
  }

  /** Returns {@code given}, or a locally administered unicast MAC of the VIF's own. */
  String mac(String given, String vm, int device) {
    if (given != null) {
      return given;
    }
    long bits = streams.stream("mac/" + vm + "/" + device).nextLong();
    StringBuilder text = new StringBuilder(17);
    for (int i = 0; i < 6; i++) {
      int octet = (int) (bits >>> (8 * i)) & 0xff;
      if (i == 0) {
        octet = (octet | 0x02) & 0xfe;
      } else {
        text.append(':');
      }
      text.append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 15, 16));
    }
    return text.toString();
  }
}
