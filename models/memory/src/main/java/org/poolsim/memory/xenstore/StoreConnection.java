// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A client of the daemon: a socket of dom0, or the ring of a guest. */
public final class StoreConnection {
  /** Hears replies, and watches that fire. */
  public interface Client {
    /** A request has been served; its reply is in it. */
    void replied(StoreRequest request);

    /** Something at or below a watched path has changed. */
    default void watchFired(StorePath watched, StorePath changed) {}
  }

  final int domid;
  final Client client;
  final ArrayDeque<StoreRequest> requests = new ArrayDeque<>();
  final List<StorePath> watches = new ArrayList<>(0);
  StoreTransaction transaction;
  boolean queued;
  int nodes;
  double credit = ConflictCredit.MAX;

  StoreConnection(int domid, Client client) {
    this.domid = domid;
    this.client = client;
  }

  /** Returns the domain; 0 is dom0, which no quota and no penalty touches. */
  public int domid() {
    return domid;
  }

  /** Returns the nodes that the domain owns. */
  public int nodes() {
    return nodes;
  }

  /** Returns the conflict credit; at 0 and below the domain's requests wait. */
  public double credit() {
    return credit;
  }

  boolean isPrivileged() {
    return domid == 0;
  }
}
