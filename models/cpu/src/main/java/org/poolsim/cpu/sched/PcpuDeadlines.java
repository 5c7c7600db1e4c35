// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import java.util.Arrays;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * The deadlines of the pCPUs of a host. One event is pending for all of them, at the earliest or
 * before, or two if a sooner one has come since; and while nothing else comes before the next, the
 * host goes on to it within the event that is firing. Nothing is taken out of the pending events
 * and put in again at each switch.
 *
 * <p>Only where timers are late. Where they never are several are due at one time by design, and
 * those fire in the order in which they were set; here the lowest-numbered pCPU is first, and on it
 * a timer, then a decision, then the end of work.
 *
 * <p>The deadlines are the leaves of a tree, each node of which has the earliest below it: setting
 * one costs O(log pCPUs), the earliest is at hand.
 */
final class PcpuDeadlines extends Event {
  private static final long NEVER = PcpuDeadline.NEVER;

  private final SchedHost host;
  private final Simulator simulator;
  private final JitterDraw slop;
  private final int leaves;

  // The tree: the children of node i are 2i and 2i + 1. The earliest deadline, and whose it is.
  private final long[] earliest;
  private final int[] whose;

  /** Pending before this event where that is pending for later than the earliest deadline. */
  private final Event sooner =
      new Event() {
        @Override
        protected void fire() {
          nextNanos = pendingNanos;
          comeUp();
        }
      };

  /** When this event is pending; {@link #NEVER} if it is not. */
  private long pendingNanos = NEVER;

  /** When the first of the two is pending; {@link #NEVER} if neither is. */
  private long nextNanos = NEVER;

  PcpuDeadlines(SchedHost host, int pcpus, JitterDraw slop) {
    this.host = host;
    this.simulator = host.simulator();
    this.slop = slop;
    leaves = Math.max(2, Integer.highestOneBit(2 * pcpus - 1));
    earliest = new long[2 * leaves];
    whose = new int[2 * leaves];
    Arrays.fill(earliest, NEVER);
    for (int cpu = 0; cpu < pcpus; cpu++) {
      whose[leaves + cpu] = cpu;
    }
  }

  /** Sends a pCPU a request to reschedule. */
  void request(Pcpu pcpu, long arrivesNanos) {
    pcpu.request(arrivesNanos);
    put(pcpu);
  }

  /**
   * A pCPU has made a decision.
   *
   * @param running what it runs; {@code null} if it is idle
   * @param slice how long that may run; negative is for ever
   */
  void decided(Pcpu pcpu, Vcpu running, long slice, long now) {
    long sliceNanos = slice < 0 ? NEVER : now + slice;
    pcpu.decided(sliceNanos, running == null ? NEVER : running.work().endNanos(), slop);
    put(pcpu);
  }

  /** A pCPU leaves its pool: nothing interrupts it but timers, which its scheduler stops. */
  void leaves(Pcpu pcpu) {
    pcpu.decided(NEVER, NEVER, slop);
    put(pcpu);
  }

  /** The work of a running vCPU ends at another time than before, within the same slice. */
  void workEndChanges(Vcpu running) {
    Pcpu pcpu = host.pcpus[running.unit.pcpu];
    pcpu.workEndsAt(running.work().endNanos(), slop);
    put(pcpu);
    changed();
  }

  void set(PcpuTimer timer, long dueNanos) {
    timer.pcpu.set(timer, dueNanos);
    put(timer.pcpu);
    changed();
  }

  void stop(PcpuTimer timer) {
    timer.pcpu.stop(timer);
    put(timer.pcpu);
  }

  private void changed() {
    if (!host.isHandling()) {
      ensurePending();
    }
  }

  private void put(Pcpu pcpu) {
    long[] times = earliest;
    int[] winners = whose;
    long time = pcpu.deadline();
    int winner = pcpu.number;
    int at = leaves + winner;
    times[at] = time;
    while (at > 1) {
      long other = times[at ^ 1];
      int others = winners[at ^ 1];
      // Which is earlier is not to be predicted: the sign says it without a branch. Of equal times
      // that of the left child is.
      long apart = time - other - (~at & 1);
      long mask = apart >> (Long.SIZE - 1);
      time = other + ((time - other) & mask);
      winner = others + ((winner - others) & (int) mask);
      at >>= 1;
      times[at] = time;
      winners[at] = winner;
    }
  }

  /** Has an event pending at the next deadline, or before. */
  void ensurePending() {
    long time = earliest[1];
    if (time >= nextNanos) {
      return;
    }
    nextNanos = time;
    if (pendingNanos == NEVER) {
      pendingNanos = time;
      simulator.schedule(this, time);
    } else {
      simulator.reschedule(sooner, time);
    }
  }

  /**
   * An event of the host has been handled: it goes on to the next deadlines. What is pending
   * afterwards is the same whether the simulator lets it go on or not, so that nothing depends on
   * where a run is halted to look at it.
   */
  void goOn() {
    long time = earliest[1];
    while (time < nextNanos) {
      if (!simulator.continueAt(time)) {
        ensurePending();
        return;
      }
      if (nextNanos != pendingNanos) {
        nextNanos = pendingNanos;
        simulator.cancel(sooner);
      }
      interrupt(time);
      time = earliest[1];
    }
  }

  @Override
  protected void fire() {
    pendingNanos = NEVER;
    nextNanos = NEVER;
    comeUp();
  }

  private void comeUp() {
    long time = simulator.nowNanos();
    // Deadlines can have moved on since this was put among the pending events.
    if (earliest[1] == time) {
      interrupt(time);
    }
    goOn();
  }

  private void interrupt(long now) {
    Pcpu pcpu = host.pcpus[whose[1]];
    if (pcpu.isTimerAt(now)) {
      PcpuTimer timer = pcpu.firstTimer();
      pcpu.stop(timer);
      timer.due();
      if (timer.dueNanos == NEVER) {
        put(pcpu);
      }
    } else if (pcpu.isDecisionAt(now)) {
      host.begin(pcpu.number);
      host.schedule(pcpu);
      host.finish();
    } else {
      host.current[pcpu.number].vcpu.work().complete();
    }
  }
}
