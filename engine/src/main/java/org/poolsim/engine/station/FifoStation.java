// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.station;

import org.poolsim.engine.Simulator;

/** First come, first served by one of several servers; what finds no room is lost. */
public final class FifoStation extends ServerStation {
  private final JobQueue queue = new JobQueue();

  /** Creates a station with room for all. */
  public FifoStation(Simulator simulator, int servers) {
    this(simulator, servers, Integer.MAX_VALUE);
  }

  /**
   * Creates a station with limited room.
   *
   * @param capacity jobs in the station at most, served ones included, at least {@code servers}
   */
  public FifoStation(Simulator simulator, int servers, int capacity) {
    super(simulator, servers, capacity);
  }

  @Override
  void enqueue(Job job) {
    queue.add(job);
  }

  @Override
  Job dequeue() {
    return queue.remove();
  }
}
