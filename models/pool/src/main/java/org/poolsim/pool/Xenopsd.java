// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayDeque;

/** The host's operation queue: so many workers, FIFO, one operation of a VM at a time. */
final class Xenopsd {
  private final ArrayDeque<VmStart> waiting = new ArrayDeque<>();
  private int idle;

  Xenopsd(int workers) {
    idle = workers;
  }

  /** Begins the start now if a worker is idle, else when one is. */
  void enqueue(VmStart start) {
    if (idle > 0) {
      idle--;
      start.begin();
    } else {
      waiting.add(start);
    }
  }

  /** The worker of a start that ended takes the next one. */
  void release() {
    VmStart next = waiting.poll();
    if (next == null) {
      idle++;
    } else {
      next.begin();
    }
  }

  /** Takes a start that waits out of the queue; returns whether it was there. */
  boolean forget(VmStart start) {
    return waiting.remove(start);
  }

  int waiting() {
    return waiting.size();
  }
}
