// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine;

/**
 * Something that happens at one instant of simulated time.
 *
 * <p>An event belongs to the entity that schedules it and is reused for its whole life: it is
 * pending at most once, in at most one {@link Simulator}. Not thread safe, as everything that
 * belongs to a simulator.
 */
public abstract class Event {
  /** Fields of the pending-event set; only the simulator touches them. */
  long timeNanos;

  long sequence;
  int position = -1;

  /** Called when the simulator reaches the event's time; the event is no longer pending then. */
  protected abstract void fire();

  /** Returns whether this event waits in a simulator. */
  public final boolean isPending() {
    return position >= 0;
  }

  /** Returns the time, in nanoseconds, for which this event is or was last scheduled. */
  public final long timeNanos() {
    return timeNanos;
  }
}
