// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/** A dom0 with as many idle vCPUs as it has processes. */
record IdleCpu(Simulator simulator) implements BackendCpu {
  @Override
  public Worker worker(Listener listener) {
    Event end =
        new Event() {
          @Override
          protected void fire() {
            listener.completed();
          }
        };
    return new Worker() {
      @Override
      public void run(long cpuNanos) {
        simulator.scheduleAfter(end, cpuNanos);
      }

      @Override
      public void stop() {
        simulator.cancel(end);
      }
    };
  }
}
