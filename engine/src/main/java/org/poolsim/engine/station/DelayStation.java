// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.station;

import org.poolsim.engine.Simulator;

/** Every job is served at once: a latency without contention. */
public final class DelayStation extends ServerStation {
  /** Creates a delay. */
  public DelayStation(Simulator simulator) {
    super(simulator, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  @Override
  void enqueue(Job job) {
    throw new AssertionError("a delay has a server for every job");
  }

  @Override
  Job dequeue() {
    throw new AssertionError("nothing waits in a delay");
  }
}
