// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/** Waits for a VM's balloon to come to rest, for a limited time. */
final class MigrationRest extends Event {
  private static final long GIVE_UP_NANOS = 120_000_000_000L; // additional-ballooning-timeout

  private final Simulator simulator;
  private final VmMemory vm;
  private MigrationListener listener;

  MigrationRest(Simulator simulator, VmMemory vm) {
    this.simulator = simulator;
    this.vm = vm;
  }

  void await(MigrationListener newListener) {
    listener = newListener;
    if (vm.isBallooning()) {
      simulator.rescheduleAfter(this, GIVE_UP_NANOS);
    } else {
      listener.ready(vm);
    }
  }

  /** The balloon has come to rest. */
  void rested() {
    if (simulator.cancel(this)) {
      listener.ready(vm);
    }
  }

  /** Nobody waits any more. */
  void stop() {
    simulator.cancel(this);
  }

  @Override
  protected void fire() {
    listener.timedOut(vm);
  }
}
