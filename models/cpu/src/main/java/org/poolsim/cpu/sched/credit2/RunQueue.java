// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import org.poolsim.cpu.sched.CpuMask;
import org.poolsim.cpu.sched.CpuPool;

/** One run queue of credit2: its pCPUs, what is queued and what is assigned to it. */
final class RunQueue {
  final CpuMask pcpus;
  final CpuMask idle;
  final CpuMask tickled;

  /** Threads of cores that are wholly idle and untickled. */
  final CpuMask idleCores;

  final int number;
  int pcpuCount;

  /** The pCPU that a unit was placed on last. */
  int pickBias;

  /** Units queued or running. */
  int load;

  /** Average of {@link #load} with what is assigned, not yet seen in it (b_avgload). */
  long balanceLoad;

  long loadUpdated;
  int greatestWeight = 1;

  /** Credit that all resets have given so far. */
  long resets;

  /**
   * Both ends of the queue, which is a ring in order of descending credit: a unit has neighbours
   * wherever it stands, so that inserting and removing ask for no special case.
   */
  final Credit2Unit end = new Credit2Unit();

  final RunningCredits running;

  Credit2Unit firstAssigned;
  private Credit2Unit lastAssigned;

  RunQueue(CpuPool pool, int number, int firstPcpu) {
    this.number = number;
    int size = pool.topology().pcpus();
    pcpus = new CpuMask(size);
    idle = new CpuMask(size);
    tickled = new CpuMask(size);
    idleCores = new CpuMask(size);
    running = new RunningCredits(pool);
    pickBias = firstPcpu;
    end.credit = Long.MAX_VALUE;
    end.next = end;
    end.previous = end;
  }

  /** Returns the unit of most credit, {@link #end} if none is queued. */
  Credit2Unit first() {
    return end.next;
  }

  /** Returns the credit of the first unit, but 0 if it has less or none is queued. */
  long firstCreditAboveZero() {
    Credit2Unit first = end.next;
    return first == end ? 0 : Math.max(first.credit, 0);
  }

  /** A pCPU is no place for anything any more. */
  void closeFor(int cpu) {
    pcpus.clear(cpu);
    idle.clear(cpu);
    idleCores.clear(cpu);
    tickled.clear(cpu);
    running.runsNothing(cpu);
  }

  /**
   * A thread of a core is busy or tickled. A core of which only some threads count as idle stays as
   * it is, as in the source: the one that joined beside a busy thread, until both are idle.
   */
  void coreIsBusy(CpuMask core) {
    if (core.isSubsetOf(idleCores)) {
      idleCores.andNot(idleCores, core);
    }
  }

  /** Inserts before the first unit with strictly less credit. */
  void insert(Credit2Unit unit) {
    Credit2Unit after = end.previous;
    while (after.credit < unit.credit) {
      after = after.previous;
    }
    Credit2Unit before = after.next;
    unit.previous = after;
    unit.next = before;
    after.next = unit;
    before.previous = unit;
    unit.queued = true;
  }

  void remove(Credit2Unit unit) {
    Credit2Unit after = unit.previous;
    Credit2Unit before = unit.next;
    after.next = before;
    before.previous = after;
    unit.queued = false;
  }

  void assign(Credit2Unit unit) {
    unit.queue = this;
    unit.resetsTaken = resets;
    unit.previousAssigned = lastAssigned;
    unit.nextAssigned = null;
    if (lastAssigned == null) {
      firstAssigned = unit;
    } else {
      lastAssigned.nextAssigned = unit;
    }
    lastAssigned = unit;
    if (unit.weight > greatestWeight) {
      running.forget();
      greatestWeight = unit.weight;
    }
    balanceLoad += unit.load;
  }

  void deassign(Credit2Unit unit) {
    takeResets(unit);
    unit.queue = null;
    if (unit.previousAssigned == null) {
      firstAssigned = unit.nextAssigned;
    } else {
      unit.previousAssigned.nextAssigned = unit.nextAssigned;
    }
    if (unit.nextAssigned == null) {
      lastAssigned = unit.previousAssigned;
    } else {
      unit.nextAssigned.previousAssigned = unit.previousAssigned;
    }
    weightLeaves(unit.weight);
    balanceLoad = Math.max(balanceLoad - unit.load, 0);
  }

  /** Searched again only when a unit of exactly the greatest weight leaves or changes. */
  void weightLeaves(int weight) {
    if (weight == greatestWeight) {
      running.forget();
      greatestWeight = 1;
      for (Credit2Unit unit = firstAssigned; unit != null; unit = unit.nextAssigned) {
        greatestWeight = Math.max(greatestWeight, unit.weight);
      }
    }
  }

  /**
   * Gives a unit the credit of the resets since it was last looked at. Clipping after each reset or
   * once after all is the same, as every reset adds.
   */
  static void takeResets(Credit2Unit unit) {
    RunQueue queue = unit.queue;
    long missed = queue.resets - unit.resetsTaken;
    if (missed > 0) {
      unit.credit = Math.min(unit.credit + missed, Credit2Scheduler.GREATEST_CREDIT);
      unit.resetsTaken = queue.resets;
    }
  }
}
