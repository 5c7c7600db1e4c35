// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine;

/** A run stands still: events keep firing and the clock does not advance. */
public final class StalledException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final transient Event event;

  StalledException(long timeNanos, long limit, Event event) {
    super(
        "the clock stands at "
            + timeNanos
            + " ns: more than "
            + limit
            + " events fired at this instant, and the next one there is "
            + event);
    this.event = event;
  }

  /** Returns the event that would have been next. */
  public Event event() {
    return event;
  }
}
