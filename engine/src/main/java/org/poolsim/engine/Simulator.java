// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine;

import java.util.Objects;

/**
 * The clock and the run loop. Events fire in the order (time, scheduling order); scheduling an
 * event anew counts as newly scheduled.
 *
 * <p>Single-threaded: one simulator and everything in it belong to one thread.
 *
 * <p>Time is a {@code long} of nanoseconds from 0 to {@link Long#MAX_VALUE} (292 years). Scheduling
 * and cancelling cost O(1) and allocate nothing, save for the growth of the set of pending events.
 */
public final class Simulator {
  /** Events at one instant before a run is taken to stand still, unless set otherwise. */
  public static final long DEFAULT_INSTANT_LIMIT = 10_000_000;

  private static final long NO_TIME = -1;

  /** Looks at a simulation from outside, after each event. */
  @FunctionalInterface
  public interface Audit {
    /** Called when an event has fired; may read everything and must not schedule. */
    void fired(Event event);
  }

  private final EventSet pending = new EventSet();
  private long nowNanos;

  // The last instant at which a second event fired or to which the clock was set, and the events
  // fired before it.
  private long instantNanos;
  private long firstOfInstant;
  private long instantLimit = DEFAULT_INSTANT_LIMIT;
  private boolean stopRequested;
  private Audit audit;

  /** Whether there is more to do after an event: an audit, or a stop. */
  private boolean attention;

  /** Up to when an event may continue; {@link #NO_TIME} if there is more to do after it. */
  private long continuesUpTo = NO_TIME;

  /** Returns the current time in nanoseconds since the start. */
  public long nowNanos() {
    return nowNanos;
  }

  /** Returns the number of pending events. */
  public int pending() {
    return pending.size();
  }

  /** Returns the number of events fired so far. */
  public long eventsFired() {
    return pending.taken();
  }

  /**
   * Returns the bytes that the set of pending events holds beside the events themselves, assuming
   * compressed references.
   */
  public long memoryBytes() {
    return pending.memoryBytes();
  }

  /** Has every event followed by a call of {@code audit}. */
  public void audit(Audit newAudit) {
    audit = Objects.requireNonNull(newAudit, "audit");
    attention = true;
    continuesUpTo = NO_TIME;
  }

  /**
   * Limits the events at one instant; the next one beyond throws {@link StalledException}.
   *
   * @param events at least 1
   */
  public void limitEventsAtOneInstant(long events) {
    if (events < 1) {
      throw new IllegalArgumentException("the limit must be at least 1, it is " + events);
    }
    instantLimit = events;
  }

  /**
   * Schedules an event that is not pending.
   *
   * @param timeNanos absolute time, not before {@link #nowNanos()}
   * @throws IllegalStateException if the event is pending
   * @throws IllegalArgumentException if the time lies in the past
   */
  public void schedule(Event event, long timeNanos) {
    if (event.handle >= 0) {
      throw alreadyPending(event);
    }
    if (timeNanos < nowNanos) {
      throw past(event, timeNanos);
    }
    pending.add(event, timeNanos, nowNanos);
  }

  /**
   * Schedules an event that is not pending, {@code delayNanos} (not negative) from now.
   *
   * @throws IllegalArgumentException if the delay is negative or reaches beyond the end of time
   */
  public void scheduleAfter(Event event, long delayNanos) {
    long timeNanos = nowNanos + delayNanos;
    if (timeNanos < nowNanos) {
      throw beyond(event, delayNanos);
    }
    if (event.handle >= 0) {
      throw alreadyPending(event);
    }
    pending.add(event, timeNanos, nowNanos);
  }

  /**
   * Schedules an event, pending or not, for a new time; it then fires behind all others scheduled
   * for that time.
   *
   * @throws IllegalArgumentException if the time lies in the past; the event stays as it was
   */
  public void reschedule(Event event, long timeNanos) {
    if (timeNanos < nowNanos) {
      throw past(event, timeNanos);
    }
    if (event.handle >= 0) {
      pending.move(event, timeNanos, nowNanos);
    } else {
      pending.add(event, timeNanos, nowNanos);
    }
  }

  /** Schedules an event, pending or not, {@code delayNanos} (not negative) from now. */
  public void rescheduleAfter(Event event, long delayNanos) {
    long timeNanos = nowNanos + delayNanos;
    if (timeNanos < nowNanos) {
      throw beyond(event, delayNanos);
    }
    reschedule(event, timeNanos);
  }

  /** Takes an event out of the pending set; returns whether it was pending. */
  public boolean cancel(Event event) {
    if (event.handle < 0) {
      return false;
    }
    pending.remove(event);
    return true;
  }

  /**
   * Runs every event up to and including {@code timeNanos}; the clock then stands at {@code
   * timeNanos}, unless an event stopped the run.
   */
  public StopReason runUntil(long timeNanos) {
    StopReason reason = run(timeNanos);
    if (reason != StopReason.STOPPED && timeNanos > nowNanos) {
      nowNanos = timeNanos;
      instantNanos = timeNanos;
      firstOfInstant = pending.taken();
    }
    return reason;
  }

  /** Runs until no event is pending; the clock then stands at the last event. */
  public StopReason runUntilIdle() {
    return run(Long.MAX_VALUE);
  }

  /** Fires the next event, if any; returns whether there was one. */
  public boolean step() {
    continuesUpTo = NO_TIME;
    Event event = pending.takeNext(Long.MAX_VALUE);
    if (event == null) {
      return false;
    }
    arrive(event);
    event.fire();
    if (audit != null) {
      audit.fired(event);
    }
    return true;
  }

  /**
   * Asked by an event as the last that it does, in place of scheduling itself: moves the clock
   * ahead, unless something is to come before that or with it. The event then goes on as if it had
   * fired anew, and counts so. An entity of which something happens again and again saves what it
   * costs to put that among the pending events and to take it out.
   *
   * @param timeNanos absolute time
   * @return whether it may go on; if not it is to schedule itself, and the outcome is the same
   */
  public boolean continueAt(long timeNanos) {
    if (timeNanos <= nowNanos || timeNanos > continuesUpTo || !pending.passBefore(timeNanos)) {
      return false;
    }
    nowNanos = timeNanos;
    return true;
  }

  /** Makes the run return after the event that is firing now. */
  public void stop() {
    stopRequested = true;
    attention = true;
    continuesUpTo = NO_TIME;
  }

  private StopReason run(long limitNanos) {
    stopRequested = false;
    attention = audit != null;
    continuesUpTo = attention ? NO_TIME : limitNanos;
    Event event;
    while ((event = pending.takeNext(limitNanos)) != null) {
      arrive(event);
      event.fire();
      if (attention) {
        if (audit != null) {
          audit.fired(event);
        }
        if (stopRequested) {
          return StopReason.STOPPED;
        }
      }
    }
    continuesUpTo = NO_TIME;
    return pending.size() == 0 ? StopReason.IDLE : StopReason.TIME_REACHED;
  }

  /**
   * Sets the clock to an event that was taken out. It does not fire it: that call may be compiled
   * into its caller, who would then be too large to be compiled into the loop of a run.
   */
  private void arrive(Event event) {
    long timeNanos = event.timeNanos;
    if (timeNanos != nowNanos) {
      nowNanos = timeNanos;
    } else {
      checkInstant(event, timeNanos);
    }
  }

  /** Counts the events of an instant from the second on. */
  private void checkInstant(Event event, long timeNanos) {
    if (timeNanos != instantNanos) {
      instantNanos = timeNanos;
      firstOfInstant = pending.taken() - 2;
    }
    if (pending.taken() - firstOfInstant > instantLimit) {
      pending.returnTaken(event);
      throw new StalledException(timeNanos, instantLimit, event);
    }
  }

  private static IllegalStateException alreadyPending(Event event) {
    return new IllegalStateException(
        "the event is pending for " + event.timeNanos + " ns already: " + event);
  }

  private IllegalArgumentException past(Event event, long timeNanos) {
    return new IllegalArgumentException(
        "an event cannot be scheduled for "
            + timeNanos
            + " ns: it is "
            + nowNanos
            + " ns already: "
            + event);
  }

  private IllegalArgumentException beyond(Event event, long delayNanos) {
    return new IllegalArgumentException(
        delayNanos < 0
            ? "an event cannot be scheduled " + -delayNanos + " ns ago: " + event
            : "an event cannot be scheduled "
                + delayNanos
                + " ns after "
                + nowNanos
                + " ns: time ends at "
                + Long.MAX_VALUE
                + " ns: "
                + event);
  }
}
