// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.peers;

/**
 * A simulator, driven as its own users would drive it. Every workload is written once against this
 * class, and one virtual call per event is the price for all alike. A measuring process uses one
 * implementation only.
 */
abstract class Peer {
  /** Something that is scheduled again and again, pending at most once. */
  abstract static class Timer {
    abstract void scheduleAfter(long nanos);

    abstract void cancel();
  }

  /** Returns a timer that runs an action. */
  abstract Timer timer(Runnable action);

  /** Runs until an action calls {@link #pause()}. */
  abstract void run();

  /** Makes {@link #run()} return; the next call goes on from there. */
  abstract void pause();

  /** Returns the clock in nanoseconds. */
  abstract double nowNanos();
}
