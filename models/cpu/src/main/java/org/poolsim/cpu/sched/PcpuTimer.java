// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * A timer of one pCPU that is set anew or stopped far more often than it fires, as slices and ticks
 * are. It fires late by the host's timer slop, and is handled as a {@link PcpuEvent} is.
 *
 * <p>Where timers are late it is one of the {@code PcpuDeadlines}, and not among the pending events
 * itself.
 */
public abstract class PcpuTimer extends Event {
  final SchedHost host;
  final Pcpu pcpu;
  private final Simulator simulator;

  // Of the deadline of its pCPU: when it is due, and the timer that was set before.
  long dueNanos = PcpuDeadline.NEVER;
  PcpuTimer next;

  /** Creates a timer that a pCPU handles. */
  protected PcpuTimer(SchedHost host, int cpu) {
    this(host, host.pcpus[cpu]);
  }

  PcpuTimer(SchedHost host, Pcpu pcpu) {
    this.host = host;
    this.simulator = host.simulator();
    this.pcpu = pcpu;
  }

  /** Handles the event; no rescheduling happens before it returns. */
  protected abstract void handle();

  @Override
  protected final void fire() {
    due();
  }

  final void due() {
    host.begin(pcpu.number);
    handle();
    host.finish();
  }

  /** Sets the timer, in place of when it was due before; a time in the past means now. */
  public final void set(long timeNanos) {
    long due = host.late(timeNanos);
    if (host.deadlines() == null) {
      simulator.reschedule(this, due);
    } else {
      host.deadlines().set(this, due);
    }
  }

  /** Stops the timer, if it is set. */
  public final void stop() {
    if (host.deadlines() == null) {
      simulator.cancel(this);
    } else {
      host.deadlines().stop(this);
    }
  }
}
