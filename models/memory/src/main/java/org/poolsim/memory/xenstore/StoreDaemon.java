// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

/**
 * Which daemon it is: its rule for conflicts and its CPU time, in nanoseconds. Measured on Xen 4.17
 * ({@code xenstored-opcost.csv}); good to a factor of two.
 */
public enum StoreDaemon {
  /** XenServer's, in OCaml: nothing depends on the size of the store. */
  OXENSTORED(20_000, 21_000, 24_000, 17_500, 12_000, 10_000, 0, 0),

  /**
   * Xen's, in C: every change is held against every watch. The check is dearer for a watch that
   * begins as the path does; the two rates are fitted to the measured plain writes and to the
   * measured start of a VM. What makes the start so dear was not established.
   */
  C_XENSTORED(10_500, 8_000, 11_000, 8_000, 6_500, 5_000, 13, 75);

  private final long readNanos;
  private final long changeNanos;
  private final long watchNanos;
  private final long transactionNanos;
  private final long committedOperationNanos;
  private final long watchEventNanos;
  private final long watchCheckNanos;
  private final long nearWatchCheckNanos;

  StoreDaemon(
      long readNanos,
      long changeNanos,
      long watchNanos,
      long transactionNanos,
      long committedOperationNanos,
      long watchEventNanos,
      long watchCheckNanos,
      long nearWatchCheckNanos) {
    this.readNanos = readNanos;
    this.changeNanos = changeNanos;
    this.watchNanos = watchNanos;
    this.transactionNanos = transactionNanos;
    this.committedOperationNanos = committedOperationNanos;
    this.watchEventNanos = watchEventNanos;
    this.watchCheckNanos = watchCheckNanos;
    this.nearWatchCheckNanos = nearWatchCheckNanos;
  }

  /** Returns the limits of unprivileged domains. */
  public StoreQuota quota() {
    return this == OXENSTORED ? StoreQuota.OXENSTORED : StoreQuota.C_XENSTORED;
  }

  long requestNanos(StoreRequest.Op op) {
    return switch (op) {
      case READ, DIRECTORY -> readNanos;
      case WRITE, MKDIR, RM, SET_PERMS -> op == StoreRequest.Op.WRITE ? changeNanos : dirNanos();
      case WATCH, UNWATCH -> watchNanos;
      case TRANSACTION_START, TRANSACTION_END -> transactionNanos;
    };
  }

  /** A directory is made or removed together with a change of its parent. */
  private long dirNanos() {
    return this == C_XENSTORED ? changeNanos + changeNanos / 2 : changeNanos;
  }

  /** Returns the cost of telling watchers of a change. */
  long changedNanos(int events, int watches, int nearWatches) {
    return events * watchEventNanos + watches * watchCheckNanos + nearWatches * nearWatchCheckNanos;
  }

  long committedOperationNanos() {
    return committedOperationNanos;
  }
}
