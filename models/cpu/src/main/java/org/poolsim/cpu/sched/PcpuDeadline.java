// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/**
 * When a pCPU is interrupted next: a timer of its scheduler fires, a request to reschedule arrives,
 * its slice ends, or the work that runs in the slice does. Part of {@link Pcpu}.
 *
 * <p>All are times in nanoseconds, {@link #NEVER} for what is not to come.
 */
abstract class PcpuDeadline {
  static final long NEVER = Long.MAX_VALUE;

  final int number;

  /** The timers that are set, first the one that was set last. */
  private PcpuTimer timers;

  private long timerNanos = NEVER;
  private long requestNanos = NEVER;
  private long sliceEndNanos = NEVER;

  /** What the slice was set for while its lateness is open; otherwise {@link #NEVER}. */
  private long openSliceNanos = NEVER;

  private long workEndNanos = NEVER;

  PcpuDeadline(int number) {
    this.number = number;
  }

  final long deadline() {
    return Math.min(Math.min(sliceEndNanos, workEndNanos), Math.min(requestNanos, timerNanos));
  }

  /** Returns whether a request is under way. */
  final boolean isRequested() {
    return requestNanos != NEVER;
  }

  final void request(long arrivesNanos) {
    requestNanos = arrivesNanos;
  }

  /**
   * A decision is made, which answers a request that is under way.
   *
   * @param sliceNanos when the slice ends if it is not late
   * @param workNanos when the work ends
   * @param slop how late the slice ends. That stays open unless it is set for before the work ends:
   *     for most slices it never matters.
   */
  final void decided(long sliceNanos, long workNanos, JitterDraw slop) {
    requestNanos = NEVER;
    setSlice(sliceNanos, workNanos, slop);
  }

  /** The work ends at another time than before, within the same slice. */
  final void workEndsAt(long workNanos, JitterDraw slop) {
    if (openSliceNanos != NEVER) {
      setSlice(openSliceNanos, workNanos, slop);
    } else {
      workEndNanos = workNanos;
    }
  }

  private void setSlice(long sliceNanos, long workNanos, JitterDraw slop) {
    workEndNanos = workNanos;
    if (sliceNanos < workNanos) {
      openSliceNanos = NEVER;
      sliceEndNanos = sliceNanos + slop.next();
    } else {
      openSliceNanos = sliceNanos;
      sliceEndNanos = NEVER;
    }
  }

  /** Returns whether a request or the end of the slice asks for a decision at a time. */
  final boolean isDecisionAt(long nanos) {
    return sliceEndNanos == nanos || requestNanos == nanos;
  }

  final boolean isTimerAt(long nanos) {
    return timerNanos == nanos;
  }

  /** Returns the timer that is due next, the one that was set last among equal ones. */
  final PcpuTimer firstTimer() {
    PcpuTimer timer = timers;
    while (timer.dueNanos != timerNanos) {
      timer = timer.next;
    }
    return timer;
  }

  final void set(PcpuTimer timer, long dueNanos) {
    if (timer.dueNanos == NEVER) {
      timer.next = timers;
      timers = timer;
    }
    timer.dueNanos = dueNanos;
    findTimer();
  }

  final void stop(PcpuTimer timer) {
    if (timer.dueNanos == NEVER) {
      return;
    }
    timer.dueNanos = NEVER;
    if (timers == timer) {
      timers = timer.next;
    } else {
      PcpuTimer before = timers;
      while (before.next != timer) {
        before = before.next;
      }
      before.next = timer.next;
    }
    timer.next = null;
    findTimer();
  }

  private void findTimer() {
    long first = NEVER;
    for (PcpuTimer timer = timers; timer != null; timer = timer.next) {
      first = Math.min(first, timer.dueNanos);
    }
    timerNanos = first;
  }
}
