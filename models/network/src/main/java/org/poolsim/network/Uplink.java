// SPDX-License-Identifier: Apache-2.0
package org.poolsim.network;

import java.util.List;

/** What attaches a host's network to the world: a PIF or a bond of several. */
public final class Uplink {
  private final HostNetwork host;
  private final String device;
  private final List<Pif> members;
  private final BondMode mode;
  private int turn;

  Uplink(HostNetwork host, String device, List<Pif> members, BondMode mode) {
    this.host = host;
    this.device = device;
    this.members = List.copyOf(members);
    this.mode = mode;
  }

  /** Returns the device, for example {@code bond0}. */
  public String device() {
    return device;
  }

  /** Returns the NICs underneath; one for a PIF. */
  public List<Pif> members() {
    return members;
  }

  /** Sends payload of dom0 itself (storage traffic); returns when the last byte has gone. */
  public long sentNanos(long nowNanos, long bytes, int mtuBytes) {
    host.active();
    return member(0).sending().carry(nowNanos, bytes, Framing.of(mtuBytes));
  }

  /** Receives payload of dom0 itself; returns when the last byte has come. */
  public long receivedNanos(long nowNanos, long bytes, int mtuBytes) {
    host.active();
    return member(0).receiving().carry(nowNanos, bytes, Framing.of(mtuBytes));
  }

  /** Returns the member for the next message of whoever hashes to {@code hash}. */
  Pif member(int hash) {
    return switch (mode) {
      case ACTIVE_BACKUP -> members.get(0);
      case BALANCE_SLB -> members.get(Math.floorMod(hash, members.size()));
      case LACP -> {
        turn = (turn + 1) % members.size();
        yield members.get(turn);
      }
    };
  }
}
