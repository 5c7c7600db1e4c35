// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.station;

import org.poolsim.engine.Simulator;

/**
 * A free server takes the first job of the lowest class number; a service is never interrupted. The
 * class is what {@link Job#priority()} says on arrival.
 */
public final class PriorityStation extends ServerStation {
  private final JobQueue[] queues;

  /**
   * Creates a station with room for all.
   *
   * @param classes number of classes, at least 1
   */
  public PriorityStation(Simulator simulator, int servers, int classes) {
    super(simulator, servers, Integer.MAX_VALUE);
    queues = new JobQueue[classes];
    for (int i = 0; i < classes; i++) {
      queues[i] = new JobQueue();
    }
  }

  @Override
  void enqueue(Job job) {
    queues[job.priority()].add(job);
  }

  @Override
  Job dequeue() {
    int at = 0;
    while (queues[at].isEmpty()) {
      at++;
    }
    return queues[at].remove();
  }
}
