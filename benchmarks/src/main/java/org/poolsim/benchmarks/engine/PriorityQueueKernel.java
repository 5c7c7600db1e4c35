// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.engine;

import java.util.PriorityQueue;

/** The plain kernel that everything is measured against. */
public final class PriorityQueueKernel {
  /** An event that is reused, ordered by time and scheduling order. */
  public abstract static class Event implements Comparable<Event> {
    long timeNanos;
    long sequence;

    protected abstract void fire();

    @Override
    public final int compareTo(Event other) {
      int byTime = Long.compare(timeNanos, other.timeNanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private long nowNanos;
  private long nextSequence;
  private boolean stopRequested;

  public long nowNanos() {
    return nowNanos;
  }

  public int pending() {
    return queue.size();
  }

  public void scheduleAfter(Event event, long delayNanos) {
    event.timeNanos = nowNanos + delayNanos;
    event.sequence = nextSequence++;
    queue.add(event);
  }

  public void runUntilIdle() {
    stopRequested = false;
    while (!stopRequested) {
      Event event = queue.poll();
      if (event == null) {
        return;
      }
      nowNanos = event.timeNanos;
      event.fire();
    }
  }

  public void stop() {
    stopRequested = true;
  }
}
