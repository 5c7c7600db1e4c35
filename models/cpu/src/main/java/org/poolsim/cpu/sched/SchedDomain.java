// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import java.util.Iterator;
import java.util.List;
import org.poolsim.cpu.DomainRunstate;
import org.poolsim.cpu.Runstate;

/** A domain as the hypervisor sees it: vCPUs, scheduling parameters and accounting. */
public final class SchedDomain {
  /** Default weight of a domain under credit and credit2. */
  public static final int DEFAULT_WEIGHT = 256;

  private static final int FULL_RUN = 0;
  private static final int FULL_CONTENTION = 1;
  private static final int CONCURRENCY_HAZARD = 2;
  private static final int BLOCKED = 3;
  private static final int PARTIAL_RUN = 4;
  private static final int PARTIAL_CONTENTION = 5;

  /**
   * How many vCPUs run, are runnable, run, are runnable: 16 bits each. The first two counts begin
   * so that the highest bit tells that all do or are, the others so that it tells that one does or
   * is. Four tests are one addition, without branches, which would be mispredicted.
   */
  private static final int COUNT_BITS = 16;

  private static final long TOLD = 1L << (COUNT_BITS - 1);
  private static final long RUNNING = 1L | (1L << (2 * COUNT_BITS));
  private static final long RUNNABLE = RUNNING << COUNT_BITS;

  /** What a vCPU adds to that, by its runstate. */
  private static final long[] COUNT = {RUNNING, RUNNABLE, 0, 0};

  private static final long LOWEST_BITS = RUNNING | RUNNABLE;

  /** A product with this has the lowest bit of each of the four at its highest four bits. */
  private static final long GATHERED = (1L << 60) | (1L << 45) | (1L << 30) | (1L << 15);

  /** A domain's runstate by the outcomes of the four tests, by Xen's order of them. */
  private static final int[] STATE = new int[16];

  static {
    for (int tests = 0; tests < STATE.length; tests++) {
      boolean someRun = (tests & 4) != 0;
      boolean someRunnable = (tests & 8) != 0;
      if ((tests & 1) != 0) {
        STATE[tests] = FULL_RUN;
      } else if ((tests & 2) != 0) {
        STATE[tests] = FULL_CONTENTION;
      } else if (someRun) {
        STATE[tests] = someRunnable ? CONCURRENCY_HAZARD : PARTIAL_RUN;
      } else {
        STATE[tests] = someRunnable ? PARTIAL_CONTENTION : BLOCKED;
      }
    }
  }

  private final SchedHost host;
  private CpuPool pool;
  private final int domid;
  private final Vcpu[] vcpus;
  private Object policyState;
  private final boolean hasStateOfItsOwn;

  /** Time by the outcomes of the four tests; {@code null} for a domain of one vCPU. */
  private final long[] testedNanos;

  private long counts;
  private long stateSinceNanos;
  private int weight = DEFAULT_WEIGHT;
  private int capPercent;
  private int pauses;
  private boolean destroyed;

  /** The pool that the domain is moving to once it is off its pCPUs; otherwise {@code null}. */
  private CpuPool destination;

  /**
   * What the destination's scheduler will keep of the domain and its units; {@code null} unless it
   * is moving.
   */
  private Object arrivingState;

  private SchedUnit[] arrivingUnits;

  SchedDomain(SchedHost host, CpuPool pool, int domid, int vcpus) {
    this.host = host;
    this.pool = pool;
    this.domid = domid;
    this.stateSinceNanos = host.simulator().nowNanos();
    this.hasStateOfItsOwn = vcpus > 1;
    this.testedNanos = hasStateOfItsOwn ? new long[STATE.length] : null;
    long first = 1L | (1L << COUNT_BITS);
    this.counts = first * (TOLD - vcpus) + (first << (2 * COUNT_BITS)) * (TOLD - 1);
    this.policyState = pool.scheduler.newDomain(this);
    this.vcpus = new Vcpu[vcpus];
    int width = host.width();
    SchedUnit unit = null;
    for (int id = 0; id < vcpus; id++) {
      if (id % width == 0) {
        unit = pool.scheduler.newUnit();
        if (width > 1) {
          unit.group = new UnitGroup(host, unit, Math.min(width, vcpus - id));
        }
      }
      this.vcpus[id] = new Vcpu(this, id, unit);
    }
  }

  /** Returns the domain id; 0 is dom0. */
  public int domid() {
    return domid;
  }

  /** Returns the host. */
  public SchedHost host() {
    return host;
  }

  /** Returns the pool that the domain runs in. */
  public CpuPool pool() {
    return pool;
  }

  /** Returns the number of vCPUs. */
  public int vcpus() {
    return vcpus.length;
  }

  /** Returns a vCPU by its number, from 0. */
  public Vcpu vcpu(int id) {
    return vcpus[id];
  }

  /** Returns what {@link Scheduler#newDomain} returned. */
  public Object policyState() {
    return policyState;
  }

  /** Returns the weight that was set last. */
  public int weight() {
    return weight;
  }

  /** Returns the cap that was set last, in percent of one pCPU; 0 is none. */
  public int capPercent() {
    return capPercent;
  }

  /** Sets the weight, 1 to 65535; the cap stays. */
  public void setWeight(int newWeight) {
    if (newWeight < 1 || newWeight > 65_535) {
      throw new IllegalArgumentException("weight must be between 1 and 65535, not " + newWeight);
    }
    set(newWeight, -1);
  }

  /** Sets the cap in percent of one pCPU, 0 for none; the weight stays. */
  public void setCap(int newCapPercent) {
    if (newCapPercent < 0 || newCapPercent > 65_534) {
      throw new IllegalArgumentException("cap must be between 0 and 65534, not " + newCapPercent);
    }
    set(0, newCapPercent);
  }

  /** Sets weight and cap in one call, as the toolstack does at the start of a domain. */
  public void setWeightAndCap(int newWeight, int newCapPercent) {
    if (newWeight < 1 || newWeight > 65_535) {
      throw new IllegalArgumentException("weight must be between 1 and 65535, not " + newWeight);
    }
    if (newCapPercent < 0 || newCapPercent > 65_534) {
      throw new IllegalArgumentException("cap must be between 0 and 65534, not " + newCapPercent);
    }
    set(newWeight, newCapPercent);
  }

  private void set(int newWeight, int newCapPercent) {
    boolean outermost = host.enter(pool.pcpus.first());
    pool.scheduler.weightAndCap(this, newWeight, newCapPercent, host.simulator().nowNanos());
    if (newWeight > 0) {
      weight = newWeight;
    }
    if (newCapPercent >= 0) {
      capPercent = newCapPercent;
    }
    host.leave(outermost);
  }

  /** Pauses all vCPUs; pauses are counted. */
  public void pause() {
    boolean outermost = host.enter(pool.pcpus.first());
    if (pauses++ == 0) {
      pauseAll();
    }
    host.leave(outermost);
  }

  /** Ends one {@link #pause}. */
  public void unpause() {
    if (pauses == 0) {
      throw new IllegalStateException("domain " + domid + " is not paused");
    }
    boolean outermost = host.enter(pool.pcpus.first());
    if (--pauses == 0) {
      unpauseAll();
    }
    host.leave(outermost);
  }

  /**
   * All are paused at once, for the pause is the domain's, and then sleep one after the other
   * (fact: {@code domain_pause}).
   */
  private void pauseAll() {
    for (Vcpu vcpu : vcpus) {
      vcpu.countPause();
    }
    for (Vcpu vcpu : vcpus) {
      vcpu.sleep(host.simulator().nowNanos());
    }
  }

  private void unpauseAll() {
    for (Vcpu vcpu : vcpus) {
      vcpu.uncountPause();
    }
    for (Vcpu vcpu : vcpus) {
      vcpu.wakeIfRunnable(host.simulator().nowNanos());
    }
  }

  private void setLeaving(boolean leaving) {
    for (Vcpu vcpu : vcpus) {
      vcpu.setLeaving(leaving);
    }
  }

  /** Destroys the domain: its vCPUs leave their pCPUs and the scheduler. */
  public void destroy() {
    boolean outermost = host.enter(pool.pcpus.first());
    destroyed = true;
    destination = null;
    setLeaving(true);
    pauseAll();
    for (Vcpu vcpu : vcpus) {
      if (vcpu.leadsUnit() && !vcpu.unit.running) {
        pool.scheduler.remove(vcpu.unit, host.simulator().nowNanos());
      }
    }
    host.removed(this);
    host.leave(outermost);
  }

  /**
   * Moves the domain to another pool of the host: its vCPUs leave their pCPUs and are inserted
   * there as new ones, with that scheduler's default parameters and affinity to all, vCPU by vCPU
   * from the pool's next pCPU (fact: {@code sched_move_domain}). The move is complete when the last
   * of them is off its pCPU, which takes no longer than a reschedule request.
   */
  public void moveTo(CpuPool newPool) {
    host.requireNothingHandled();
    if (newPool.host != host || newPool.pcpus.isEmpty()) {
      throw new IllegalArgumentException(this + ": the pool is of another host or has no pCPU");
    }
    if (destroyed || destination != null || newPool == pool) {
      return;
    }
    // The destination's state is of the time of the call, however long the vCPUs take to leave.
    arrivingState = newPool.scheduler.newDomain(this);
    arrivingUnits = new SchedUnit[vcpus.length];
    for (int id = 0; id < vcpus.length; id += host.width()) {
      arrivingUnits[id] = newPool.scheduler.newUnit();
    }
    // The caller's pCPU waits until the others have rescheduled, then moves what is off them.
    boolean outermost = host.enter(pool.pcpus.first());
    setLeaving(true);
    pauseAll();
    host.leave(outermost);
    outermost = host.enter(pool.pcpus.first());
    destination = newPool;
    moveIfOffPcpus(host.simulator().nowNanos());
    host.leave(outermost);
  }

  CpuPool destination() {
    return destination;
  }

  /** A unit that was leaving is off its pCPU. */
  void offPcpu(Vcpu leader, long now) {
    if (destroyed) {
      pool.scheduler.remove(leader.unit, now);
    } else if (destination != null) {
      int switching = host.executing;
      host.executing = pool.pcpus.first();
      moveIfOffPcpus(now);
      host.executing = switching;
    }
  }

  private void moveIfOffPcpus(long now) {
    for (Vcpu vcpu : vcpus) {
      if (vcpu.unit.running) {
        return;
      }
    }
    for (Vcpu vcpu : vcpus) {
      if (vcpu.leadsUnit()) {
        pool.scheduler.remove(vcpu.unit, now);
      }
    }
    policyState = arrivingState;
    arrivingState = null;
    pool = destination;
    destination = null;
    weight = DEFAULT_WEIGHT;
    capPercent = 0;
    for (Vcpu vcpu : vcpus) {
      if (vcpu.leadsUnit()) {
        vcpu.renewUnit(arrivingUnits[vcpu.id()]);
      }
    }
    arrivingUnits = null;
    // Unlike those of a new domain they start in turn, wherever the ones before were put.
    int cpu = pool.pcpus.first();
    for (Vcpu vcpu : vcpus) {
      if (vcpu.leadsUnit()) {
        vcpu.insert(cpu);
        cpu = pool.pcpus.cycle(cpu);
      }
    }
    setLeaving(false);
    unpauseAll();
  }

  /** The pool has other pCPUs than before. */
  void poolChanged() {
    for (Vcpu vcpu : vcpus) {
      if (vcpu.leadsUnit()) {
        vcpu.unit.poolChanged();
      }
    }
  }

  /** Nothing may be placed on a pCPU for now: adds the hard masks of the units to a list. */
  void hide(int cpu, List<CpuMask> hard) {
    for (Vcpu vcpu : vcpus) {
      if (vcpu.leadsUnit()) {
        hard.add(vcpu.unit.hard);
        vcpu.unit.hide(cpu);
      }
    }
  }

  /** Ends {@link #hide}. */
  void showAgain(Iterator<CpuMask> hard) {
    for (Vcpu vcpu : vcpus) {
      if (vcpu.leadsUnit()) {
        vcpu.unit.restrictTo(hard.next(), vcpu.unit.soft);
      }
    }
  }

  /** Places what is assigned to a pCPU that leaves the pool somewhere else. */
  void vacate(int cpu, long now) {
    for (Vcpu vcpu : vcpus) {
      if (vcpu.leadsUnit() && vcpu.unit.pcpu == cpu) {
        vcpu.placeAnew(now);
      }
    }
  }

  /** Sets who is told of the time from wake to run; {@code null} is nobody. */
  public void setWakeObserver(WakeObserver observer) {
    for (Vcpu vcpu : vcpus) {
      vcpu.setWakeObserver(observer);
    }
  }

  /** Returns the time that the domain has spent in a runstate, in nanoseconds, up to now. */
  public long runstateNanos(DomainRunstate wanted) {
    if (!hasStateOfItsOwn) {
      Vcpu vcpu = vcpus[0];
      return switch (wanted) {
        case FULL_RUN -> vcpu.runstateNanos(Runstate.RUNNING);
        case FULL_CONTENTION -> vcpu.runstateNanos(Runstate.RUNNABLE);
        case BLOCKED -> vcpu.runstateNanos(Runstate.BLOCKED) + vcpu.runstateNanos(Runstate.OFFLINE);
        case CONCURRENCY_HAZARD, PARTIAL_RUN, PARTIAL_CONTENTION -> 0;
      };
    }
    int number =
        switch (wanted) {
          case FULL_RUN -> FULL_RUN;
          case FULL_CONTENTION -> FULL_CONTENTION;
          case CONCURRENCY_HAZARD -> CONCURRENCY_HAZARD;
          case BLOCKED -> BLOCKED;
          case PARTIAL_RUN -> PARTIAL_RUN;
          case PARTIAL_CONTENTION -> PARTIAL_CONTENTION;
        };
    long sum = number == STATE[tests()] ? host.simulator().nowNanos() - stateSinceNanos : 0;
    for (int tests = 0; tests < STATE.length; tests++) {
      sum += STATE[tests] == number ? testedNanos[tests] : 0;
    }
    return sum;
  }

  /** A domain of one vCPU is in the runstate of that; with more its states follow from theirs. */
  boolean hasStateOfItsOwn() {
    return hasStateOfItsOwn;
  }

  /** A vCPU changes its runstate; both are numbers of {@link Runstate}. Offline is blocked. */
  void vcpuChanges(int from, int to, long now) {
    testedNanos[tests()] += now - stateSinceNanos;
    stateSinceNanos = now;
    counts += COUNT[to] - COUNT[from];
  }

  /** Returns the outcomes of the four tests, one bit each. */
  private int tests() {
    long told = (counts >>> (COUNT_BITS - 1)) & LOWEST_BITS;
    return (int) ((told * GATHERED) >>> 60);
  }

  @Override
  public String toString() {
    return "domain " + domid;
  }
}
