// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Counter;

/**
 * Counters that follow the rates of a host or a domain. The first change in a sampling interval of
 * 5 s reaches them at once; what follows in the same interval (every request of a busy backend
 * changes a rate) reaches them together, one nanosecond before its end, so that who samples at the
 * end sees the right totals whatever happened in between.
 */
abstract class FollowingCounters extends Event implements RatedHostCpu.DomainListener {
  private static final long INTERVAL_NANOS = 5_000_000_000L;
  private static final double SECONDS = 1e-9;

  private final Simulator simulator;
  private long pushedNanos = -INTERVAL_NANOS;

  FollowingCounters(Simulator simulator) {
    this.simulator = simulator;
  }

  @Override
  public final void domainRatesChanged(RatedHostCpu.RatedDomain domain) {
    changed();
  }

  /** The rates are new from now on. */
  final void changed() {
    if (isPending()) {
      return;
    }
    long nowNanos = simulator.nowNanos();
    long intervalEnd = (nowNanos / INTERVAL_NANOS + 1) * INTERVAL_NANOS;
    if (pushedNanos < intervalEnd - INTERVAL_NANOS) {
      pushNow(nowNanos);
    } else {
      simulator.schedule(this, intervalEnd - 1);
    }
  }

  @Override
  protected final void fire() {
    pushNow(simulator.nowNanos());
  }

  private void pushNow(long nowNanos) {
    pushedNanos = nowNanos;
    push(nowNanos);
  }

  /** Hands every total and rate to its counter. */
  abstract void push(long nowNanos);

  /** Sets a counter to a total of nanoseconds and a rate in seconds per second. */
  static void set(Counter counter, long nowNanos, double totalNanos, double rate) {
    double missing = totalNanos * SECONDS - counter.value(nowNanos);
    // Less than a nanosecond is what rounding leaves between a total and the integral of its rates.
    if (Math.abs(missing) > SECONDS) {
      counter.add(missing);
    }
    counter.setRate(nowNanos, rate);
  }
}
