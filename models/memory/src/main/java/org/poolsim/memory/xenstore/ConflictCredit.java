// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

import java.util.ArrayDeque;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * The OCaml daemon's answer to domains whose changes break the transactions of others: each loses a
 * point of credit, and without credit it is not listened to. One domain at a time gets a point back
 * every 50 ms, those without credit first.
 */
final class ConflictCredit {
  static final double MAX = 5;
  static final long HISTORY_NANOS = 50_000_000;
  private static final long REFILL_NANOS = 50_000_000;
  private static final double PENALTY = 1;

  private final Simulator simulator;
  private final Xenstored daemon;
  private final ArrayDeque<StoreConnection> paused = new ArrayDeque<>();
  private final ArrayDeque<StoreConnection> belowMax = new ArrayDeque<>();
  private final Event refill =
      new Event() {
        @Override
        protected void fire() {
          refill();
        }
      };

  ConflictCredit(Simulator simulator, Xenstored daemon) {
    this.simulator = simulator;
    this.daemon = daemon;
  }

  boolean isPaused(StoreConnection connection) {
    return connection.credit <= 0;
  }

  void penalise(StoreConnection culprit) {
    boolean wasPaused = isPaused(culprit);
    boolean wasFull = culprit.credit >= MAX;
    culprit.credit -= PENALTY;
    if (isPaused(culprit) && !wasPaused) {
      belowMax.remove(culprit);
      paused.add(culprit);
    } else if (wasFull) {
      belowMax.add(culprit);
    }
    if (!refill.isPending()) {
      simulator.scheduleAfter(refill, REFILL_NANOS);
    }
  }

  void stop() {
    simulator.cancel(refill);
    paused.clear();
    belowMax.clear();
  }

  private void refill() {
    StoreConnection next = paused.peek();
    if (next != null) {
      next.credit += PENALTY;
      if (!isPaused(next)) {
        paused.remove();
        belowMax.add(next);
        daemon.listenTo(next);
      }
    } else {
      next = belowMax.peek();
      next.credit = Math.min(MAX, next.credit + PENALTY);
      if (next.credit >= MAX) {
        belowMax.remove();
      }
    }
    if (!paused.isEmpty() || !belowMax.isEmpty()) {
      simulator.scheduleAfter(refill, REFILL_NANOS);
    }
  }
}
