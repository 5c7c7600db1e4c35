// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import org.poolsim.engine.Event;

/**
 * An event that one pCPU of a host handles: what it raises is rescheduled before the next event,
 * beginning with that pCPU. Timers of schedulers, of vCPUs and of guests are such events.
 */
public abstract class PcpuEvent extends Event {
  private final SchedHost host;

  /** Creates an event of a host. */
  protected PcpuEvent(SchedHost host) {
    this.host = host;
  }

  /** Returns the pCPU that handles the event, at the time it fires. */
  protected abstract int pcpu();

  /** Handles the event; no rescheduling happens before it returns. */
  protected abstract void handle();

  @Override
  protected final void fire() {
    host.fired(this);
  }

  /**
   * Arms a timer, or re-arms it: it then fires behind all that were armed before for that time. It
   * fires late by the host's timer slop; a time in the past means now.
   */
  public final void arm(long timeNanos) {
    host.armWithSlop(this, timeNanos);
  }

  /** Arms or re-arms a timer that is never late; a time in the past means now. */
  public final void armPrecisely(long timeNanos) {
    host.simulator().reschedule(this, Math.max(timeNanos, host.simulator().nowNanos()));
  }

  /** Disarms the timer, if it is armed. */
  public final void disarm() {
    host.simulator().cancel(this);
  }
}
