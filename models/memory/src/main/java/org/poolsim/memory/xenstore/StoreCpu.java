// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

/** dom0's CPU as the daemon needs it: a port that the pool fills. */
@FunctionalInterface
public interface StoreCpu {
  /**
   * Creates the daemon's process.
   *
   * @param listener called each time the CPU time asked for has been received
   */
  Worker worker(Listener listener);

  /** A process that runs one piece of work at a time. */
  interface Worker {
    /** Asks for CPU time, at least 1 ns; nothing may be running. */
    void run(long cpuNanos);

    /** Drops what is running, if anything. */
    void stop();
  }

  /** Hears of the end of a piece of work. */
  @FunctionalInterface
  interface Listener {
    /** The work that was running has ended; the next may be run from here. */
    void completed();
  }
}
