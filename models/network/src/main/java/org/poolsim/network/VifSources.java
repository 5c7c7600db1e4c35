// SPDX-License-Identifier: Apache-2.0
package org.poolsim.network;

import org.poolsim.engine.data.Counter;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Owner;

/** The two byte counters of a device. */
final class VifSources {
  private final Counter received;
  private final Counter sent;
  private double receivedBytes;
  private double sentBytes;

  VifSources(DataSources sources, Owner owner, String prefix, String of) {
    received =
        sources.add(new Counter(description(owner, prefix + "_rx", "Bytes received by " + of)));
    sent = sources.add(new Counter(description(owner, prefix + "_tx", "Bytes sent by " + of)));
  }

  /** Takes the totals; returns whether anything was new. */
  boolean publish(double newReceivedBytes, double newSentBytes) {
    boolean news = false;
    if (newReceivedBytes != receivedBytes) {
      received.add(newReceivedBytes - receivedBytes);
      receivedBytes = newReceivedBytes;
      news = true;
    }
    if (newSentBytes != sentBytes) {
      sent.add(newSentBytes - sentBytes);
      sentBytes = newSentBytes;
      news = true;
    }
    return news;
  }

  private static Description description(Owner owner, String name, String text) {
    return new Description(
        owner,
        name,
        text,
        "B/s",
        Description.Type.DERIVE,
        true,
        0,
        Double.POSITIVE_INFINITY,
        false,
        true);
  }
}
