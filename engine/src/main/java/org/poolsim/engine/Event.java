// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine;

/**
 * Something that happens at one instant of simulated time.
 *
 * <p>An event belongs to the entity that schedules it and is reused for its whole life: it is
 * pending at most once, in at most one {@link Simulator}. Not thread safe, as everything that
 * belongs to a simulator. An event takes 24 bytes (compressed references), and while it is pending
 * 16 more.
 *
 * <p>A subclass that overrides {@code toString} is named by it in messages.
 */
public abstract class Event {
  /** {@link #handle} of an event that the set does not know. */
  static final int UNKNOWN = Integer.MIN_VALUE;

  /** Time for which the event is or was scheduled; only the set of pending events changes it. */
  long timeNanos;

  /** Identity in the set while pending, its complement while firing, else {@link #UNKNOWN}. */
  int handle = UNKNOWN;

  /** Called when the simulator reaches the event's time; the event is no longer pending then. */
  protected abstract void fire();

  /** Returns whether this event waits in a simulator. */
  public final boolean isPending() {
    return handle >= 0;
  }

  /** Returns the time, in nanoseconds, for which this event is or was last scheduled. */
  public final long timeNanos() {
    return timeNanos;
  }
}
