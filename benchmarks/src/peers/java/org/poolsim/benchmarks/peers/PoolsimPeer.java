// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.peers;

import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/** poolsim: events are reused, a cancelled one is taken out. */
final class PoolsimPeer extends Peer {
  private final Simulator simulator = new Simulator();

  @Override
  Timer timer(Runnable action) {
    Event event =
        new Event() {
          @Override
          protected void fire() {
            action.run();
          }
        };
    return new Timer() {
      @Override
      void scheduleAfter(long nanos) {
        simulator.scheduleAfter(event, nanos);
      }

      @Override
      void cancel() {
        simulator.cancel(event);
      }
    };
  }

  @Override
  void run() {
    simulator.runUntilIdle();
  }

  @Override
  void pause() {
    simulator.stop();
  }

  @Override
  double nowNanos() {
    return (double) simulator.nowNanos();
  }
}
