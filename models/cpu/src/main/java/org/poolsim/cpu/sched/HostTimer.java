// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import org.poolsim.engine.Event;

/**
 * A timer of a host. Each kind has its own {@link #fire}, which runs between {@link
 * SchedHost#begin} and {@link SchedHost#end}: the kernel's call of it is the only one whose target
 * varies from event to event.
 */
abstract class HostTimer extends Event {
  final SchedHost host;

  HostTimer(SchedHost host) {
    this.host = host;
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
    host.armPrecisely(this, timeNanos);
  }

  /** Disarms the timer, if it is armed. */
  public final void disarm() {
    host.simulator().cancel(this);
  }
}
