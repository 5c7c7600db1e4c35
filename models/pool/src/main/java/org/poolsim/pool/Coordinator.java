// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayDeque;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/** Placement under the coordinator's global lock: one VM at a time, FIFO. */
final class Coordinator {
  private final Simulator simulator;
  private final long placementNanos;
  private final ArrayDeque<PoolVm> waiting = new ArrayDeque<>();
  private final Event placed =
      new Event() {
        @Override
        protected void fire() {
          PoolVm vm = waiting.remove();
          if (!waiting.isEmpty()) {
            simulator.scheduleAfter(this, placementNanos);
          }
          vm.placeNow();
        }
      };

  Coordinator(Simulator simulator, long placementNanos) {
    this.simulator = simulator;
    this.placementNanos = placementNanos;
  }

  void enqueue(PoolVm vm) {
    waiting.add(vm);
    if (!placed.isPending()) {
      simulator.scheduleAfter(placed, placementNanos);
    }
  }
}
