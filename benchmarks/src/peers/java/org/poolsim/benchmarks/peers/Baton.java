// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.peers;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets a simulator that runs in one go, on a thread of its own, be paused from within: the
 * simulation's thread waits in an event while the measuring one goes on, and the other way round.
 */
final class Baton {
  private final Semaphore go = new Semaphore(0);
  private final Semaphore done = new Semaphore(0);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Runnable simulation;
  private boolean started;

  Baton(Runnable simulation) {
    this.simulation = simulation;
  }

  /** Lets the simulation run until it pauses. */
  void run() {
    if (started) {
      go.release();
    } else {
      started = true;
      Thread thread = new Thread(this::runAll, "simulation");
      thread.setDaemon(true);
      thread.start();
    }
    done.acquireUninterruptibly();
    if (failure.get() != null) {
      throw new IllegalStateException("the simulation failed", failure.get());
    }
  }

  private void runAll() {
    try {
      simulation.run();
      failure.set(new IllegalStateException("the simulation ended"));
    } catch (RuntimeException | Error e) {
      failure.set(e);
    }
    done.release();
  }

  /** Called by the simulation. */
  void pause() {
    done.release();
    go.acquireUninterruptibly();
  }
}
