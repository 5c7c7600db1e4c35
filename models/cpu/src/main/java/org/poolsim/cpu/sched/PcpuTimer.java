// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * A timer of one pCPU that is set anew or stopped far more often than it fires, as slices and ticks
 * are. It fires late by the host's timer slop, and is handled as a {@link PcpuEvent} is.
 *
 * <p>Where timers are late, setting it for later and stopping it leave it where it is among the
 * pending events: it comes up early, does nothing, and is put where it is due then. That is one
 * event now and then in place of one taken out and put in at each switch. Set for much earlier, as
 * a slice that lasts for the rest of the ratelimit is, it stays where it is too, and a substitute
 * is pending. Where timers are never late several are due at one time by design, and those fire in
 * the order in which they were set: there it is moved and taken out at once.
 */
public abstract class PcpuTimer extends Event {
  static final long STOPPED = Long.MAX_VALUE;

  /** Pending beyond by so many times what it is set for, a timer is not worth to be moved. */
  private static final int FAR = 8;

  private final SchedHost host;
  private final Simulator simulator;
  private final int cpu;
  private long dueNanos = STOPPED;

  /** What the timer was set for while its lateness is open; otherwise {@link #STOPPED}. */
  private long openNanos = STOPPED;

  /** Pending in place of this timer where that is pending far beyond. */
  private final Event substitute =
      new Event() {
        @Override
        protected void fire() {
          substituteNanos = STOPPED;
          comeUp();
        }
      };

  /** When the substitute is pending; otherwise {@link #STOPPED}. */
  private long substituteNanos = STOPPED;

  /** Creates a timer that a pCPU handles. */
  protected PcpuTimer(SchedHost host, int cpu) {
    this.host = host;
    this.simulator = host.simulator();
    this.cpu = cpu;
  }

  /** Handles the event; no rescheduling happens before it returns. */
  protected abstract void handle();

  @Override
  protected final void fire() {
    comeUp();
  }

  private void comeUp() {
    if (dueNanos == simulator.nowNanos()) {
      dueNanos = STOPPED;
      host.begin(cpu);
      handle();
      host.end();
    } else if (dueNanos != STOPPED && isNext()) {
      ensurePending();
    }
  }

  /** Sets the timer, in place of when it was due before; a time in the past means now. */
  public final void set(long timeNanos) {
    dueNanos = host.late(timeNanos);
    openNanos = STOPPED;
    if (host.delaysTimers()) {
      // A tick goes on and off several times before it is due, each time with another lateness: at
      // the time that it is set for it need not be moved again.
      ensurePending(Math.max(timeNanos, simulator.nowNanos()));
    } else {
      simulator.reschedule(this, dueNanos);
    }
  }

  /**
   * Sets the timer where timers are late. How late it is stays open unless it is set for before
   * another time: for most slices it never matters.
   *
   * @param timeNanos now or later
   * @return whether it is due before the other time; {@link #ensurePending} is to follow then
   */
  final boolean setAndIsDueBefore(long timeNanos, long otherNanos) {
    if (timeNanos >= otherNanos) {
      openNanos = timeNanos;
      dueNanos = STOPPED;
      return false;
    }
    openNanos = STOPPED;
    dueNanos = timeNanos + host.lateness();
    return dueNanos < otherNanos;
  }

  /** Returns whether the timer is due before a time. */
  final boolean isDueBefore(long timeNanos) {
    return openNanos == STOPPED ? dueNanos < timeNanos : setAndIsDueBefore(openNanos, timeNanos);
  }

  /** Has the timer among the pending events when it is due, or before. */
  final void ensurePending() {
    ensurePending(dueNanos);
  }

  /** Does so; one that is pending for too late is moved to a time up to when it is due. */
  private void ensurePending(long timeToMoveTo) {
    if (substituteNanos <= dueNanos) {
      return;
    }
    if (!isPending()) {
      simulator.schedule(this, dueNanos);
    } else if (timeNanos() > dueNanos) {
      moveTo(timeToMoveTo);
    }
  }

  /** It is pending for later: it is moved, or left there if that is much later. */
  private void moveTo(long time) {
    if (timeNanos() - time < FAR * (time - simulator.nowNanos())) {
      simulator.reschedule(this, time);
    } else if (substituteNanos == STOPPED) {
      substituteNanos = time;
      simulator.schedule(substitute, time);
    } else {
      substituteNanos = time;
      simulator.reschedule(substitute, time);
    }
  }

  /** Returns whether the timer, which came up early, is to come up again when it is due. */
  boolean isNext() {
    return true;
  }

  /** Stops the timer, if it is set. */
  public final void stop() {
    dueNanos = STOPPED;
    openNanos = STOPPED;
    if (!host.delaysTimers()) {
      simulator.cancel(this);
    }
  }
}
