// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.station;

import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.stat.TimeWeighted;

/**
 * One server that takes up to a number of waiting jobs into one service, as soon as it is free and
 * somebody waits. The service lasts as long as the longest that its jobs ask for; later arrivals
 * wait for the next one. Jobs end together, in the order of their arrival.
 */
public final class BatchStation implements Station {
  private final Simulator simulator;
  private final int largestBatch;
  private final JobQueue queue = new JobQueue();
  private final Job[] batch;
  private final Job[] ended;
  private final Event end =
      new Event() {
        @Override
        protected void fire() {
          endBatch();
        }
      };
  private final TimeWeighted present;
  private int inService;
  private int waiting;

  /** Creates an idle station for batches of up to {@code largestBatch} (at least 1) jobs. */
  public BatchStation(Simulator simulator, int largestBatch) {
    if (largestBatch < 1) {
      throw new IllegalArgumentException("a batch takes a job or more, not " + largestBatch);
    }
    this.simulator = simulator;
    this.largestBatch = largestBatch;
    present = new TimeWeighted(simulator.nowNanos(), 0);
    batch = new Job[largestBatch];
    ended = new Job[largestBatch];
  }

  @Override
  public boolean arrive(Job job) {
    job.arrivedNanos = simulator.nowNanos();
    present.add(job.arrivedNanos, 1);
    queue.add(job);
    waiting++;
    if (inService == 0) {
      startBatch();
    }
    return true;
  }

  /** Returns the number of jobs that wait for a service to start. */
  public int waiting() {
    return waiting;
  }

  /** Returns the number of jobs in the current service. */
  public int inService() {
    return inService;
  }

  /** Returns the average number of jobs, waiting and served, since {@link #restart()}. */
  public double averagePresent() {
    return present.average(simulator.nowNanos());
  }

  /** Forgets the average: the end of a warm-up. */
  public void restart() {
    present.restart(simulator.nowNanos());
  }

  private void startBatch() {
    long now = simulator.nowNanos();
    long nanos = 0;
    while (inService < largestBatch && !queue.isEmpty()) {
      Job job = queue.remove();
      job.startedNanos = now;
      nanos = Math.max(nanos, job.serviceNanos);
      batch[inService++] = job;
    }
    waiting -= inService;
    simulator.scheduleAfter(end, nanos);
  }

  private void endBatch() {
    int count = inService;
    present.add(simulator.nowNanos(), -count);
    System.arraycopy(batch, 0, ended, 0, count);
    inService = 0;
    if (waiting > 0) {
      startBatch();
    }
    for (int i = 0; i < count; i++) {
      Job job = ended[i];
      ended[i] = null;
      job.served();
    }
  }
}
