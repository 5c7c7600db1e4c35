// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit;

import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.PcpuEvent;
import org.poolsim.cpu.sched.Quotient;
import org.poolsim.cpu.sched.SchedulerParameters;

/**
 * The master's accounting (fact sheet 3.5): every time slice it hands the credits of all pCPUs to
 * the active units. Products are 32-bit unsigned and wrap, as in the source.
 */
class CreditAccounting {
  private static final long UNSIGNED = 0xffff_ffffL;

  private final CpuPool pool;
  private final long sliceLength;
  private final int creditsPerSlice;
  private PcpuEvent timer;
  private int master;
  private int totalCredit;
  private int balance;
  private int sortEpoch;
  private int pcpus;

  /** Sum over the active units of their domain's weight. */
  private int weight;

  private CreditDomain first;

  CreditAccounting(CpuPool pool, SchedulerParameters parameters) {
    this.pool = pool;
    this.sliceLength = parameters.creditTsliceNanos();
    this.creditsPerSlice = (int) (sliceLength / 100_000L);
  }

  void pcpuUp(int cpu, long now) {
    totalCredit += creditsPerSlice;
    if (pcpus++ == 0) {
      master = cpu;
      timer = new Timer();
      timer.arm(now + sliceLength);
    }
  }

  void pcpuDown(int cpu) {
    totalCredit -= creditsPerSlice;
    if (--pcpus == 0) {
      timer.disarm();
    } else if (cpu == master) {
      master = pool.pcpus().first();
    }
  }

  final int sortEpoch() {
    return sortEpoch;
  }

  /** Number of pCPUs of the pool. */
  final int pcpus() {
    return pcpus;
  }

  /** Sum over the active units of their domain's weight. */
  final int weight() {
    return weight;
  }

  /** The first of the active domains, in their order. */
  final CreditDomain firstActive() {
    return first;
  }

  /** Hook: a unit has become active or inactive, or a weight was set. */
  void weightsChanged() {}

  void setWeight(CreditDomain domain, int newWeight) {
    reweigh(domain, newWeight);
    weightsChanged();
  }

  final void reweigh(CreditDomain domain, int newWeight) {
    weight += (newWeight - domain.weight) * domain.activeUnits;
    domain.weight = newWeight;
  }

  void activate(CreditUnit unit) {
    CreditDomain domain = unit.domain;
    domain.addActive(unit);
    weight += domain.weight;
    if (!domain.listed) {
      domain.listed = true;
      toHead(domain);
    }
    weightsChanged();
  }

  void deactivate(CreditUnit unit) {
    CreditDomain domain = unit.domain;
    domain.removeActive(unit);
    weight -= domain.weight;
    if (domain.activeUnits == 0) {
      unlink(domain);
      domain.listed = false;
    }
    weightsChanged();
  }

  private void toHead(CreditDomain domain) {
    domain.previous = null;
    domain.next = first;
    if (first != null) {
      first.previous = domain;
    }
    first = domain;
  }

  private void unlink(CreditDomain domain) {
    if (domain.previous == null) {
      first = domain.next;
    } else {
      domain.previous.next = domain.next;
    }
    if (domain.next != null) {
      domain.next.previous = domain.previous;
    }
  }

  private static int ceilDivide(int dividend, int divisor) {
    if (divisor == 1) {
      return dividend;
    }
    return (int) Quotient.of((dividend + divisor - 1) & UNSIGNED, divisor & UNSIGNED);
  }

  private void account() {
    int weightTotal = weight;
    if (weightTotal == 0) {
      balance = 0;
      return;
    }
    int oldBalance = balance;
    int total = totalCredit;
    if (oldBalance < 0) {
      total -= oldBalance;
    }
    for (CreditDomain domain = first; domain != null; domain = domain.next) {
      domain.weightAtPass = domain.weight;
    }
    int weightLeft = weightTotal;
    int newBalance = 0;
    int capCredit = 0;
    boolean someoneWantsMore = false;
    CreditDomain next;
    for (CreditDomain domain = first; domain != null; domain = next) {
      next = domain.next;
      int units = domain.activeUnits;
      int share = domain.weight * units;
      weightLeft -= domain.weightAtPass * units;
      int peak = units * creditsPerSlice;
      if (oldBalance < 0) {
        peak += ceilDivide(-oldBalance * share, weightTotal);
      }
      if (domain.cap != 0) {
        capCredit = ceilDivide(domain.cap * creditsPerSlice, 100);
        if (Integer.compareUnsigned(capCredit, peak) < 0) {
          peak = capCredit;
        }
        capCredit = ceilDivide(capCredit, units);
      }
      int fair = ceilDivide(total * share, weightTotal);
      if (Integer.compareUnsigned(fair, peak) < 0) {
        someoneWantsMore = true;
      } else {
        if (weightLeft != 0) {
          total += ceilDivide((fair - peak) * weightTotal, weightLeft);
        }
        if (someoneWantsMore) {
          unlink(domain);
          toHead(domain);
        }
        fair = peak;
      }
      newBalance += credit(domain, ceilDivide(fair, units), capCredit);
    }
    balance = newBalance;
    sortEpoch++;
  }

  /** Gives credits to each unit of a domain; returns the credits that its units then hold. */
  private int credit(CreditDomain domain, int perUnit, int capCredit) {
    int sum = 0;
    CreditUnit next;
    for (CreditUnit unit = domain.firstActive; unit != null; unit = next) {
      next = unit.nextActive;
      unit.credit += perUnit;
      if (unit.credit < 0) {
        unit.priority = CreditUnit.OVER;
        if (domain.cap != 0 && unit.credit < -capCredit && !unit.parked) {
          unit.parked = true;
          pool.pause(unit);
        }
        if (unit.credit < -creditsPerSlice) {
          unit.credit = -creditsPerSlice;
        }
      } else {
        unit.priority = CreditUnit.UNDER;
        if (unit.parked) {
          // Still marked: no boost for the unit.
          pool.unpause(unit);
          unit.parked = false;
        }
        if (unit.credit > creditsPerSlice) {
          deactivate(unit);
          unit.credit /= 2;
        }
      }
      sum += unit.credit;
    }
    return sum;
  }

  private final class Timer extends PcpuEvent {
    Timer() {
      super(pool.host());
    }

    @Override
    protected int pcpu() {
      return master;
    }

    @Override
    protected void handle() {
      account();
      arm(pool.host().simulator().nowNanos() + sliceLength);
    }
  }
}
