// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.station;

import org.poolsim.engine.Simulator;
import org.poolsim.engine.stat.TimeWeighted;

/** A station of several equal servers; which of the waiting jobs is next is up to the subclass. */
public abstract sealed class ServerStation implements Station
    permits FifoStation, PriorityStation, DelayStation {
  private final Simulator simulator;
  private final int servers;
  private final int capacity;
  private final TimeWeighted busy;
  private final TimeWeighted present;
  private int waiting;
  private int serving;
  private long arrived;
  private long lost;

  ServerStation(Simulator simulator, int servers, int capacity) {
    if (servers < 1 || capacity < servers) {
      throw new IllegalArgumentException(
          "a station needs a server and room for a job in each, not "
              + servers
              + " servers and room for "
              + capacity);
    }
    this.simulator = simulator;
    this.servers = servers;
    this.capacity = capacity;
    busy = new TimeWeighted(simulator.nowNanos(), 0);
    present = new TimeWeighted(simulator.nowNanos(), 0);
  }

  abstract void enqueue(Job job);

  abstract Job dequeue();

  @Override
  public final boolean arrive(Job job) {
    long now = simulator.nowNanos();
    arrived++;
    if (serving + waiting >= capacity) {
      lost++;
      return false;
    }
    job.arrivedNanos = now;
    job.station = this;
    present.add(now, 1);
    if (serving < servers) {
      serving++;
      busy.add(now, 1);
      start(job, now);
    } else {
      waiting++;
      enqueue(job);
    }
    return true;
  }

  private void start(Job job, long now) {
    job.startedNanos = now;
    simulator.scheduleAfter(job, job.serviceNanos);
  }

  final void complete(Job job) {
    long now = simulator.nowNanos();
    present.add(now, -1);
    if (waiting > 0) {
      waiting--;
      start(dequeue(), now);
    } else {
      serving--;
      busy.add(now, -1);
    }
    job.served();
  }

  /** Returns the number of jobs that wait. */
  public final int waiting() {
    return waiting;
  }

  /** Returns the number of jobs in service. */
  public final int serving() {
    return serving;
  }

  /** Returns the jobs that arrived, lost ones included, since the last {@link #restart()}. */
  public final long arrived() {
    return arrived;
  }

  /** Returns the jobs that found no room, since the last {@link #restart()}. */
  public final long lost() {
    return lost;
  }

  /** Returns the average number of busy servers since the last {@link #restart()}. */
  public final double averageBusy() {
    return busy.average(simulator.nowNanos());
  }

  /** Returns the average number of jobs, waiting and served, since {@link #restart()}. */
  public final double averagePresent() {
    return present.average(simulator.nowNanos());
  }

  /** Forgets the averages and counts: the end of a warm-up. */
  public final void restart() {
    busy.restart(simulator.nowNanos());
    present.restart(simulator.nowNanos());
    arrived = 0;
    lost = 0;
  }
}
