// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * Follows a level that holds between changes, and passes its course on stretch by stretch.
 *
 * <p>A level that has stood for a quantum or longer is passed on from one change to the next, so
 * its stretches begin and end at the very instant. One that changes more often (a backend that is
 * handed one request after the other) is passed on as its mean over quanta. A level that does not
 * change costs nothing.
 */
abstract class StandingLevel extends Event {
  private final Simulator simulator;
  private final long quantumNanos;
  private long sinceNanos;
  private boolean ended;

  /**
   * Begins now.
   *
   * @param quantumNanos how long a level must stand to be followed to the instant, at least 1
   */
  StandingLevel(Simulator simulator, long quantumNanos) {
    this.simulator = simulator;
    this.quantumNanos = quantumNanos;
    sinceNanos = simulator.nowNanos();
  }

  /** Passes on the mean since the last stretch. */
  abstract void pass(long fromNanos, long toNanos);

  /** The level has changed now, or may have. */
  final void changed() {
    if (ended || isPending()) {
      return;
    }
    long nowNanos = simulator.nowNanos();
    if (nowNanos - sinceNanos >= quantumNanos) {
      advance(nowNanos);
    } else {
      simulator.schedule(this, sinceNanos + quantumNanos);
    }
  }

  @Override
  protected final void fire() {
    advance(simulator.nowNanos());
  }

  /** Passes on what has held up to now; nothing follows. */
  final void end() {
    if (!ended) {
      simulator.cancel(this);
      advance(simulator.nowNanos());
      ended = true;
    }
  }

  private void advance(long nowNanos) {
    if (nowNanos > sinceNanos) {
      pass(sinceNanos, nowNanos);
      sinceNanos = nowNanos;
    }
  }
}
