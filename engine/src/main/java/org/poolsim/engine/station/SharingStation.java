// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.station;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.stat.TimeWeighted;

/**
 * Processor sharing with weights: of the station's speed each job gets the share (its weight / sum
 * of the weights present). {@code serviceNanos} is the time that a job would take alone.
 *
 * <p>Virtual time runs at speed 1 / (sum of weights); a job ends when virtual time has advanced by
 * service / weight, so an arrival or a departure costs O(log jobs) and moves one event. Ends are
 * rounded up to whole nanoseconds. The weight is what {@link Job#weight()} says on arrival, and
 * must not change before the end.
 */
public final class SharingStation implements Station {
  private final Simulator simulator;
  private final PriorityQueue<Job> jobs =
      new PriorityQueue<>(
          Comparator.<Job>comparingDouble(job -> job.finish).thenComparingLong(job -> job.order));
  private final TimeWeighted present;
  private final Event nextEnd =
      new Event() {
        @Override
        protected void fire() {
          endFirst();
        }
      };
  private double weights;
  private double virtualNanos;
  private long updatedNanos;
  private long arrivals;

  /** Creates an empty station. */
  public SharingStation(Simulator simulator) {
    this.simulator = simulator;
    present = new TimeWeighted(simulator.nowNanos(), 0);
  }

  @Override
  public boolean arrive(Job job) {
    long now = simulator.nowNanos();
    double weight = job.weight();
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a weight must be positive, it is " + weight);
    }
    advance(now);
    job.arrivedNanos = now;
    job.startedNanos = now;
    job.finish = virtualNanos + job.serviceNanos / weight;
    job.order = arrivals++;
    weights += weight;
    jobs.add(job);
    present.add(now, 1);
    planNext(now);
    return true;
  }

  /** Returns the number of jobs. */
  public int present() {
    return jobs.size();
  }

  /** Returns the average number of jobs since the last {@link #restart()}. */
  public double averagePresent() {
    return present.average(simulator.nowNanos());
  }

  /** Forgets the average: the end of a warm-up. */
  public void restart() {
    present.restart(simulator.nowNanos());
  }

  private void endFirst() {
    long now = simulator.nowNanos();
    advance(now);
    Job job = jobs.remove();
    virtualNanos = Math.max(virtualNanos, job.finish);
    if (jobs.isEmpty()) {
      // Starting over keeps the sums exact however long the run is.
      weights = 0;
      virtualNanos = 0;
    } else {
      weights -= job.weight();
    }
    present.add(now, -1);
    planNext(now);
    job.served();
  }

  private void advance(long now) {
    if (weights > 0) {
      virtualNanos += (now - updatedNanos) / weights;
    }
    updatedNanos = now;
  }

  private void planNext(long now) {
    Job first = jobs.peek();
    if (first != null) {
      double left = Math.max(0, (first.finish - virtualNanos) * weights);
      simulator.reschedule(nextEnd, now + (long) Math.ceil(left));
    }
  }
}
