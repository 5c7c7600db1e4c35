// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit;

import org.poolsim.cpu.sched.PcpuTimer;

/**
 * Credit's state of a pCPU. The queue is in order of priority, FIFO inside one; the idle unit,
 * which ends every queue, is left out: an empty queue offers it.
 */
final class CreditPcpu {
  final PcpuTimer tick;

  /** Runnable units here, the running one included. */
  int runnable;

  long lastLoadBalanceNanos;
  int idleBias;
  int sortedEpoch;

  /**
   * Both ends of the queue, which is a ring: a unit has neighbours wherever it stands, so that
   * inserting and removing ask for no special case. Its priority is below all.
   */
  final CreditUnit end = new CreditUnit();

  CreditPcpu(PcpuTimer tick) {
    this.tick = tick;
    end.priority = Integer.MIN_VALUE;
    end.next = end;
    end.previous = end;
  }

  /** Returns the first unit of the queue, {@link #end} if it is empty. */
  CreditUnit first() {
    return end.next;
  }

  boolean isQueueEmpty() {
    return end.next == end;
  }

  /** Inserts behind all units of the same or a higher priority. */
  void insert(CreditUnit unit) {
    CreditUnit before = end.next;
    while (unit.priority <= before.priority) {
      before = before.next;
    }
    // A yielding unit goes behind one unit of lower priority more.
    if (unit.yielding && before != end) {
      before = before.next;
    }
    link(unit, before);
    unit.queued = true;
  }

  private static void link(CreditUnit unit, CreditUnit before) {
    CreditUnit after = before.previous;
    unit.next = before;
    unit.previous = after;
    before.previous = unit;
    after.next = unit;
  }

  void remove(CreditUnit unit) {
    unlink(unit);
    unit.queued = false;
    unit.yielding = false;
  }

  private static void unlink(CreditUnit unit) {
    CreditUnit after = unit.previous;
    CreditUnit before = unit.next;
    after.next = before;
    before.previous = after;
  }

  /** Moves every unit that is not OVER behind the last such unit; BOOST and UNDER stay mixed. */
  void sort() {
    CreditUnit last = end;
    CreditUnit unit = end.next;
    while (unit != end) {
      CreditUnit next = unit.next;
      if (unit.priority >= CreditUnit.UNDER) {
        if (unit.previous != last) {
          unlink(unit);
          link(unit, last.next);
        }
        last = unit;
      }
      unit = next;
    }
  }
}
