// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/** squeezed's record of when a domain was last seen doing what it is told. */
final class Cooperation {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NEVER = -1;

  private long lastNanos = NEVER;
  private boolean flagged;

  void forget() {
    lastNanos = NEVER;
    flagged = false;
  }

  /**
   * A look at the domain; the first one counts as cooperative.
   *
   * @return whether the flag has changed
   */
  boolean seen(boolean cooperative, long nowNanos, double flagAfterSeconds) {
    if (cooperative || lastNanos == NEVER) {
      lastNanos = nowNanos;
    }
    boolean before = flagged;
    flagged = (nowNanos - lastNanos) / NANOS_PER_SECOND > flagAfterSeconds;
    return flagged != before;
  }

  /** Looks that were not simulated, because nothing changed, would have seen it cooperate. */
  void seenUnchanged(boolean cooperative, long nanos) {
    if (lastNanos != NEVER && cooperative) {
      lastNanos = Math.max(lastNanos, nanos);
    }
  }

  boolean isFlagged() {
    return flagged;
  }
}
