// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit;

import org.poolsim.cpu.sched.CpuMask;
import org.poolsim.cpu.sched.CpuPool;

/**
 * Where a unit should run (fact sheet 3.10): an idle pCPU of the emptiest core of its socket, or of
 * a socket that is more than twice as idle.
 */
final class PcpuPicker {
  /** The tick only asks whether there is a better place. */
  static final boolean TRIAL = false;

  /** The unit is placed: the rotation of the choice advances. */
  static final boolean COMMIT = true;

  private final CpuPool pool;
  private final CreditPcpu[] pcpus;
  private final CpuMask poolIdlers;
  private final boolean consolidate;
  private final CpuMask idle;
  private final CpuMask candidates;
  private final CpuMask there;
  private CreditPcpu movedBy;

  /** The pCPU that is about to leave the pool if it is idle, otherwise -1. */
  private int idleLeaver = -1;

  PcpuPicker(CpuPool pool, CreditPcpu[] pcpus, CpuMask poolIdlers, boolean consolidate) {
    this.pool = pool;
    this.pcpus = pcpus;
    this.poolIdlers = poolIdlers;
    this.consolidate = consolidate;
    int size = pool.topology().pcpus();
    idle = new CpuMask(size);
    candidates = new CpuMask(size);
    there = new CpuMask(size);
  }

  /** A pCPU is about to leave the pool, idle or not; negative is none any more. */
  void leaves(int cpu, boolean isIdle) {
    idleLeaver = isIdle ? cpu : -1;
  }

  /** Picks a pCPU, for placement ({@link #COMMIT}) or to compare ({@link #TRIAL}). */
  int pick(CreditUnit unit, boolean commit) {
    movedBy = null;
    int cpu = -1;
    if (unit.softAffinityMatters()) {
      candidates.and(unit.softAndHardAffinity(), pool.pcpus());
      if (!candidates.isEmpty()) {
        cpu = pickAmongCandidates(unit);
      }
    }
    if (cpu < 0 || !idle.test(cpu)) {
      candidates.and(unit.hardAffinity(), pool.pcpus());
      cpu = pickAmongCandidates(unit);
    }
    if (commit && movedBy != null) {
      movedBy.idleBias = cpu;
    }
    return cpu;
  }

  private int pickAmongCandidates(CreditUnit unit) {
    int own = unit.pcpu();
    int cpu = candidates.testOrCycle(own);
    idle.copy(poolIdlers);
    if (idleLeaver >= 0) {
      idle.set(idleLeaver);
    }
    // Nobody queued here: whoever runs, this place counts as idle for the unit.
    if (cpu == own && pcpus[own].isQueueEmpty()) {
      idle.set(own);
    }
    candidates.and(candidates, idle);
    if (candidates.isEmpty()) {
      return cpu;
    }
    cpu = candidates.testOrCycle(cpu);
    candidates.clear(cpu);
    while (!candidates.isEmpty()) {
      int next = candidates.cycle(cpu);
      boolean sameSocket = pool.socketNumber(next) == pool.socketNumber(cpu);
      CpuMask nextPlace = sameSocket ? pool.coreOf(next) : pool.socketOf(next);
      CpuMask place = sameSocket ? pool.coreOf(cpu) : pool.socketOf(cpu);
      int idleHere = idle.countCommon(place);
      int idleThere = idle.countCommon(nextPlace);
      boolean move =
          consolidate ? idleHere > idleThere : idleThere > (sameSocket ? idleHere : 2 * idleHere);
      there.and(idle, nextPlace);
      if (move) {
        there.and(there, candidates);
        movedBy = pcpus[next];
        cpu = there.cycle(movedBy.idleBias);
        candidates.andNot(candidates, pool.coreOf(cpu));
      } else {
        candidates.andNot(candidates, there);
      }
    }
    return cpu;
  }
}
