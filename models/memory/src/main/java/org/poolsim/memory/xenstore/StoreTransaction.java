// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

import java.util.ArrayList;
import java.util.List;

/** A transaction under way: the tree as it sees it, and all that it did. */
final class StoreTransaction {
  final StoreNode base;
  final long startNanos;
  final List<Done> log = new ArrayList<>();
  StoreNode root;
  boolean writes;

  StoreTransaction(StoreNode base, long startNanos) {
    this.base = base;
    this.root = base;
    this.startNanos = startNanos;
  }

  /** An operation and how it was answered. */
  @SuppressWarnings("ArrayRecordComponent") // compared by hand
  record Done(StoreRequest request, StoreRequest.Status status, long readValue, int[] names) {}
}
