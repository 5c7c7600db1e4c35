// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.peers;

import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.SplayTree;

/** SSJ with its default event list, a splay tree; events are reused, a cancelled one taken out. */
final class SsjPeer extends Peer {
  private static final double SECOND = 1e9;

  private final Simulator simulator = new Simulator(new SplayTree());

  SsjPeer() {
    simulator.init();
  }

  @Override
  Timer timer(Runnable action) {
    Event event =
        new Event(simulator) {
          @Override
          public void actions() {
            action.run();
          }
        };
    return new Timer() {
      @Override
      void scheduleAfter(long nanos) {
        event.schedule(nanos / SECOND);
      }

      @Override
      void cancel() {
        event.cancel();
      }
    };
  }

  @Override
  void run() {
    simulator.start();
  }

  @Override
  void pause() {
    simulator.stop();
  }

  @Override
  double nowNanos() {
    return simulator.time() * SECOND;
  }
}
