// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine;

import java.util.Arrays;

/**
 * The clock and the run loop. Events fire in the order (time, scheduling order); scheduling an
 * event anew counts as newly scheduled.
 *
 * <p>Single-threaded: one simulator and everything in it belong to one thread.
 */
public final class Simulator {
  private static final int ARITY = 4;

  private Event[] heap = new Event[64];
  private int size;
  private long nowNanos;
  private long nextSequence;
  private boolean stopRequested;
  private long eventsFired;

  /** Returns the current time in nanoseconds since the start. */
  public long nowNanos() {
    return nowNanos;
  }

  /** Returns the number of pending events. */
  public int pending() {
    return size;
  }

  /** Returns the number of events fired so far. */
  public long eventsFired() {
    return eventsFired;
  }

  /**
   * Schedules an event that is not pending.
   *
   * @param timeNanos absolute time, not before {@link #nowNanos()}
   * @throws IllegalStateException if the event is pending
   * @throws IllegalArgumentException if the time lies in the past
   */
  public void schedule(Event event, long timeNanos) {
    if (event.position >= 0) {
      throw new IllegalStateException(
          "the event is pending for " + event.timeNanos + " ns already: " + event);
    }
    reschedule(event, timeNanos);
  }

  /** Schedules an event that is not pending, {@code delayNanos} (not negative) from now. */
  public void scheduleAfter(Event event, long delayNanos) {
    schedule(event, nowNanos + delayNanos);
  }

  /**
   * Schedules an event, pending or not, for a new time; it then fires behind all others scheduled
   * for that time.
   */
  public void reschedule(Event event, long timeNanos) {
    if (timeNanos < nowNanos) {
      throw new IllegalArgumentException(
          "an event cannot be scheduled for "
              + timeNanos
              + " ns: it is "
              + nowNanos
              + " ns already: "
              + event);
    }
    cancel(event);
    event.timeNanos = timeNanos;
    event.sequence = nextSequence++;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    siftUp(event, size++);
  }

  /** Schedules an event, pending or not, {@code delayNanos} (not negative) from now. */
  public void rescheduleAfter(Event event, long delayNanos) {
    reschedule(event, nowNanos + delayNanos);
  }

  /** Takes an event out of the pending set; returns whether it was pending. */
  public boolean cancel(Event event) {
    int at = event.position;
    if (at < 0) {
      return false;
    }
    event.position = -1;
    Event last = heap[--size];
    heap[size] = null;
    if (last != event) {
      siftDown(last, at);
      if (heap[at] == last) {
        siftUp(last, at);
      }
    }
    return true;
  }

  /**
   * Runs every event up to and including {@code timeNanos}; the clock then stands at {@code
   * timeNanos}.
   */
  public StopReason runUntil(long timeNanos) {
    stopRequested = false;
    while (size > 0 && heap[0].timeNanos <= timeNanos) {
      fireNext();
      if (stopRequested) {
        return StopReason.STOPPED;
      }
    }
    nowNanos = Math.max(nowNanos, timeNanos);
    return size == 0 ? StopReason.IDLE : StopReason.TIME_REACHED;
  }

  /** Runs until no event is pending. */
  public StopReason runUntilIdle() {
    stopRequested = false;
    while (size > 0) {
      fireNext();
      if (stopRequested) {
        return StopReason.STOPPED;
      }
    }
    return StopReason.IDLE;
  }

  /** Fires the next event, if any; returns whether there was one. */
  public boolean step() {
    if (size == 0) {
      return false;
    }
    fireNext();
    return true;
  }

  /** Makes the run return after the event that is firing now. */
  public void stop() {
    stopRequested = true;
  }

  private void fireNext() {
    Event event = heap[0];
    cancel(event);
    nowNanos = event.timeNanos;
    eventsFired++;
    event.fire();
  }

  private void siftUp(Event event, int from) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) / ARITY;
      Event above = heap[parent];
      if (!before(event, above)) {
        break;
      }
      heap[at] = above;
      above.position = at;
      at = parent;
    }
    heap[at] = event;
    event.position = at;
  }

  private void siftDown(Event event, int from) {
    int at = from;
    while (true) {
      int first = at * ARITY + 1;
      if (first >= size) {
        break;
      }
      int least = first;
      int end = Math.min(first + ARITY, size);
      for (int child = first + 1; child < end; child++) {
        if (before(heap[child], heap[least])) {
          least = child;
        }
      }
      if (!before(heap[least], event)) {
        break;
      }
      heap[at] = heap[least];
      heap[at].position = at;
      at = least;
    }
    heap[at] = event;
    event.position = at;
  }

  private static boolean before(Event a, Event b) {
    return a.timeNanos < b.timeNanos || (a.timeNanos == b.timeNanos && a.sequence < b.sequence);
  }
}
