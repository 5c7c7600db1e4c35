// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit;

import org.poolsim.cpu.sched.PcpuEvent;

/**
 * Credit's state of a pCPU. The queue is in order of priority, FIFO inside one; the idle unit,
 * which ends every queue, is left out: an empty queue offers it.
 */
final class CreditPcpu {
  final PcpuEvent tick;

  /** Runnable units here, the running one included. */
  int runnable;

  long lastLoadBalanceNanos;
  int idleBias;
  int lastTickle;
  int sortedEpoch;
  CreditUnit head;
  private CreditUnit tail;

  CreditPcpu(PcpuEvent tick) {
    this.tick = tick;
  }

  /** Inserts behind all units of the same or a higher priority. */
  void insert(CreditUnit unit) {
    CreditUnit before = head;
    while (before != null && unit.priority <= before.priority) {
      before = before.next;
    }
    // A yielding unit goes behind one unit of lower priority more.
    if (unit.yielding && before != null) {
      before = before.next;
    }
    link(unit, before);
    unit.queued = true;
  }

  private void link(CreditUnit unit, CreditUnit before) {
    CreditUnit after = before == null ? tail : before.previous;
    unit.next = before;
    unit.previous = after;
    if (before == null) {
      tail = unit;
    } else {
      before.previous = unit;
    }
    if (after == null) {
      head = unit;
    } else {
      after.next = unit;
    }
  }

  void remove(CreditUnit unit) {
    unlink(unit);
    unit.queued = false;
    unit.yielding = false;
  }

  private void unlink(CreditUnit unit) {
    if (unit.previous == null) {
      head = unit.next;
    } else {
      unit.previous.next = unit.next;
    }
    if (unit.next == null) {
      tail = unit.previous;
    } else {
      unit.next.previous = unit.previous;
    }
  }

  /** Moves every unit that is not OVER behind the last such unit; BOOST and UNDER stay mixed. */
  void sort() {
    CreditUnit last = null;
    CreditUnit unit = head;
    while (unit != null) {
      CreditUnit next = unit.next;
      if (unit.priority >= CreditUnit.UNDER) {
        if (unit.previous != last) {
          unlink(unit);
          link(unit, last == null ? head : last.next);
        }
        last = unit;
      }
      unit = next;
    }
  }
}
