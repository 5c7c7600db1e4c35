// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.Runstate;
import org.poolsim.engine.Simulator;

/**
 * The pCPUs of a host and the generic layer over them (fact: {@code common/sched/core.c}): it
 * handles one event to its end, with every rescheduling that the event triggers, before the next.
 *
 * <p>A host begins without pools; pCPUs come up when {@link #createPool} takes them.
 */
public final class SchedHost {
  private final Simulator simulator;
  private final CpuTopology hardware;
  private final CpuTopology topology;
  private final int width;
  private final TimingParameters timing;
  private final CpuMask pending;
  private final CpuMask taken;
  private final List<SchedDomain> domains = new ArrayList<>();
  private final PoolMoves moves = new PoolMoves(this);
  private final JitterDraw slop;
  private final JitterDraw ipiLatency;
  private final long ipiMinNanos;
  private final boolean delayedTimers;
  private final boolean delayedRequests;

  /** {@code null} where timers are never late, or a pCPU runs several vCPUs. */
  private final PcpuDeadlines deadlines;

  final Pcpu[] pcpus;

  /** Translates sets of threads. */
  final ThreadMasks masks;

  /** What each pCPU runs; {@code null} for one that is in no pool. */
  final SchedUnit[] current;

  /** When each pCPU last began to run something else. */
  final long[] switchedNanos;

  /** Which idle pCPU each pCPU tickled last under credit; it keeps that when its pool changes. */
  final int[] lastTickle;

  final long contextSwitchNanos;
  final long migrationNanos;

  /** All pCPUs. Not to be changed. */
  final CpuMask all;

  /** Whether a unit of the host has ever had a soft affinity other than all pCPUs. */
  boolean softAffinityGiven;

  private int depth;
  private long timersFired;

  /** The pCPU on which the hypervisor executes now. */
  int executing;

  /** Whether CPU time and work progress are always the same. */
  private boolean uniformSpeed;

  /**
   * Creates a host without pools, on which a unit is a vCPU.
   *
   * @param noise source of the timing jitter; not read if the timing has none
   */
  public SchedHost(
      Simulator simulator,
      CpuTopology topology,
      TimingParameters timing,
      UniformRandomProvider noise) {
    this(simulator, topology, SchedulingGranularity.CPU, timing, noise);
  }

  /** Creates a host without pools. */
  public SchedHost(
      Simulator simulator,
      CpuTopology hardware,
      SchedulingGranularity granularity,
      TimingParameters timing,
      UniformRandomProvider noise) {
    this.simulator = simulator;
    this.hardware = hardware;
    this.width = granularity.threads(hardware);
    this.topology = granularity.seen(hardware);
    this.masks = new ThreadMasks(hardware.pcpus(), width);
    this.timing = timing;
    this.slop = new JitterDraw(noise, timing.timerSlopNanos());
    this.ipiLatency = new JitterDraw(noise, timing.ipiMaxNanos() - timing.ipiMinNanos());
    this.ipiMinNanos = timing.ipiMinNanos();
    this.delayedTimers = timing.timerSlopNanos() > 0;
    this.delayedRequests = timing.ipiMaxNanos() > 0;
    this.contextSwitchNanos = timing.contextSwitchNanos();
    this.migrationNanos = timing.migrationNanos();
    this.uniformSpeed = timing.smtThroughput() >= hardware.threadsPerCore();
    int size = topology.pcpus();
    this.pending = new CpuMask(size);
    this.taken = new CpuMask(size);
    this.all = CpuMask.all(size);
    this.current = new SchedUnit[size];
    this.switchedNanos = new long[size];
    this.lastTickle = new int[size];
    this.deadlines = delayedTimers && width == 1 ? new PcpuDeadlines(this, size, slop) : null;
    this.pcpus = new Pcpu[size];
    for (int cpu = 0; cpu < size; cpu++) {
      pcpus[cpu] = new Pcpu(this, cpu);
    }
  }

  /** Returns a host whose pCPUs all are in one pool. */
  public static SchedHost withOnePool(
      Simulator simulator,
      CpuTopology topology,
      TimingParameters timing,
      UniformRandomProvider noise,
      String scheduler,
      SchedulerParameters parameters) {
    SchedHost host = new SchedHost(simulator, topology, timing, noise);
    host.createPool(null, Schedulers.named(scheduler), parameters);
    return host;
  }

  /** Returns the simulator that the host runs in. */
  public Simulator simulator() {
    return simulator;
  }

  /** Returns sockets, cores and threads of the hardware. */
  public CpuTopology hardware() {
    return hardware;
  }

  /**
   * Returns sockets, cores and threads as the schedulers see them: with granularity core each core
   * is a pCPU of theirs, with granularity socket each socket.
   */
  public CpuTopology topology() {
    return topology;
  }

  /** Returns how many threads of the hardware are a pCPU of the schedulers. */
  int width() {
    return width;
  }

  /** Returns the timing of the hardware. */
  public TimingParameters timing() {
    return timing;
  }

  /**
   * Creates a pool; its pCPUs come up in the order of their numbers.
   *
   * @param members pCPUs that are in no pool yet, whole cores or sockets if the granularity is
   *     that; {@code null} is all of those
   */
  public CpuPool createPool(
      BitSet members, SchedulerProvider provider, SchedulerParameters parameters) {
    int size = topology.pcpus();
    CpuMask mask = members == null ? CpuMask.all(size) : masks.resources(members);
    if (members == null) {
      mask.andNot(mask, taken);
    } else if (mask.intersects(taken)) {
      throw new IllegalArgumentException("a pCPU of " + mask + " is in a pool already");
    }
    if (mask.isEmpty()) {
      throw new IllegalArgumentException("a pool needs a pCPU");
    }
    if (members != null && members.cardinality() != mask.count() * width) {
      throw new IllegalArgumentException(
          "with this granularity a pool has whole groups of " + width + " pCPUs, not " + members);
    }
    taken.or(taken, mask);
    CpuPool pool = new CpuPool(this, mask, provider, parameters);
    for (int cpu = mask.first(); cpu >= 0; cpu = mask.next(cpu + 1)) {
      moves.comeUp(pool, cpu);
    }
    return pool;
  }

  /**
   * Adds a free pCPU to a pool (with another granularity, its core or socket).
   *
   * @throws IllegalArgumentException if it is in a pool
   */
  public void addToPool(CpuPool pool, int cpu) {
    int resource = cpu / width;
    if (taken.test(resource)) {
      throw new IllegalArgumentException("pCPU " + cpu + " is in a pool already");
    }
    taken.set(resource);
    pool.pcpus.set(resource);
    moves.join(pool, resource);
  }

  /**
   * Takes a pCPU (with another granularity, its core or socket) out of its pool: what runs on it or
   * waits there is placed on others. A vCPU whose hard affinity has none of them left may run on
   * all.
   *
   * @throws IllegalArgumentException if it is in no pool, or the last one of a pool with domains
   */
  public void removeFromPool(int cpu) {
    int resource = cpu / width;
    moves.leave(resource);
    taken.clear(resource);
  }

  /**
   * Frees the pCPUs of a pool.
   *
   * @throws IllegalArgumentException if it has domains
   */
  public void destroyPool(CpuPool pool) {
    if (moves.hasDomains(pool)) {
      throw new IllegalArgumentException("a pool with domains cannot be destroyed");
    }
    for (int cpu = pool.pcpus.first(); cpu >= 0; cpu = pool.pcpus.first()) {
      removeFromPool(cpu * width);
    }
  }

  /** Returns whether a mask of threads leaves a unit a pCPU of the host. */
  public boolean mayRunOn(BitSet threads) {
    return !masks.allowed(threads).isEmpty();
  }

  /** Returns the pool that a pCPU is in, {@code null} if in none. */
  public CpuPool poolOf(int cpu) {
    return pcpus[cpu / width].pool;
  }

  /**
   * Sets the clock of a pCPU relative to the one that work is measured in.
   *
   * @param factor above 0; 1 is the default
   */
  public void setFrequency(int cpu, double factor) {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("a frequency factor must be above 0, not " + factor);
    }
    long now = simulator.nowNanos();
    uniformSpeed = false;
    if (width > 1) {
      pcpus[cpu / width].threads.setFrequency(cpu % width, factor, now);
      return;
    }
    pcpus[cpu].frequency = factor;
    respeed(pcpus[cpu], now);
  }

  /**
   * Creates a domain in a pool. Its vCPUs are paused; weight is 256, cap none, affinity all. vCPU 0
   * starts on the first pCPU of the pool, each other on the next one cyclically.
   */
  public SchedDomain createDomain(CpuPool pool, int domid, int vcpus) {
    if (vcpus < 1) {
      throw new IllegalArgumentException("a domain needs a vCPU, not " + vcpus);
    }
    SchedDomain domain = new SchedDomain(this, pool, domid, vcpus);
    domains.add(domain);
    int cpu = pool.pcpus.first();
    for (int id = 0; id < vcpus; id++) {
      Vcpu vcpu = domain.vcpu(id);
      if (vcpu.unit.vcpu != vcpu) {
        continue;
      }
      boolean outermost = enter(pool.pcpus.first());
      vcpu.insert(cpu);
      cpu = pool.pcpus.cycle(vcpu.unit.pcpu);
      leave(outermost);
    }
    return domain;
  }

  /** Returns the domains in the order of their creation. Not to be changed. */
  public List<SchedDomain> domains() {
    return domains;
  }

  void removed(SchedDomain domain) {
    domains.remove(domain);
  }

  /**
   * Returns the time that a pCPU has been idle since the host was created, in nanoseconds, up to
   * now. One in no pool is idle.
   */
  public long idleNanos(int cpu) {
    if (width > 1) {
      return pcpus[cpu / width].threads.idleNanos(cpu % width, simulator.nowNanos());
    }
    Pcpu pcpu = pcpus[cpu];
    return isBusy(cpu)
        ? pcpu.idleNanos
        : pcpu.idleNanos + simulator.nowNanos() - pcpu.idleSinceNanos;
  }

  /** Returns the number of context switches of a pCPU, those to and from idle included. */
  public long switches(int cpu) {
    return width > 1 ? pcpus[cpu / width].threads.switches(cpu % width) : pcpus[cpu].switches;
  }

  /** Returns the vCPU that a pCPU runs, {@code null} if it is idle. */
  public Vcpu running(int cpu) {
    return width > 1 ? pcpus[cpu / width].threads.running(cpu % width) : current[cpu].vcpu;
  }

  /** Returns the number of timers that have fired: of the host, its schedulers and its guests. */
  public long timersFired() {
    return timersFired;
  }

  /**
   * Checks that for every domain that is there the runstates of each vCPU add up to its age.
   *
   * @throws IllegalStateException naming the first sum that does not hold
   */
  public void audit() {
    long now = simulator.nowNanos();
    for (SchedDomain domain : domains) {
      for (int id = 0; id < domain.vcpus(); id++) {
        Vcpu vcpu = domain.vcpu(id);
        long sum = 0;
        for (Runstate state : Runstate.values()) {
          sum += vcpu.runstateNanos(state);
        }
        if (sum != now - vcpu.createdNanos()) {
          throw new IllegalStateException(
              vcpu + ": the runstates add up to " + sum + " ns in " + (now - vcpu.createdNanos()));
        }
      }
    }
  }

  // ---- events and rescheduling ----

  /** Refuses what cannot be done while an event is being handled. */
  void requireNothingHandled() {
    if (depth > 0) {
      throw new IllegalStateException("pools change between events, not within one");
    }
  }

  /** Begins the handling of something by a pCPU, unless something is being handled. */
  boolean enter(int cpu) {
    if (depth > 0) {
      return false;
    }
    depth = 1;
    executing = cpu;
    return true;
  }

  /** Ends the handling: reschedules until nothing is pending. */
  void leave(boolean outermost) {
    if (outermost) {
      finish();
      if (deadlines != null) {
        deadlines.ensurePending();
      }
    }
  }

  /** A timer fires, handled by a pCPU; nothing else is being handled then. */
  void begin(int cpu) {
    timersFired++;
    depth = 1;
    executing = cpu;
  }

  /** What the timer does is done: what it raised is rescheduled. */
  void finish() {
    settle();
    depth = 0;
  }

  /** The same, as the last that an event of the simulation does. */
  void end() {
    finish();
    if (deadlines != null) {
      deadlines.goOn();
    }
  }

  /**
   * The executing pCPU goes first if it has a request, otherwise the lowest-numbered one that has;
   * it then is the executing one. Not one sweep: a request raised meanwhile for a lower number is
   * served before higher ones.
   */
  private void settle() {
    while (!pending.isEmpty()) {
      int cpu = executing;
      if (!pending.test(cpu)) {
        cpu = pending.first();
        executing = cpu;
      }
      pending.clear(cpu);
      schedule(pcpus[cpu]);
    }
  }

  void raise(int cpu) {
    if (pending.test(cpu)) {
      return;
    }
    if (delayedRequests && cpu != executing) {
      send(pcpus[cpu]);
    } else {
      pending.set(cpu);
    }
  }

  /** Sends a pCPU a request, unless one is under way. */
  private void send(Pcpu pcpu) {
    if (deadlines == null) {
      if (!pcpu.ipi.isPending()) {
        simulator.schedule(pcpu.ipi, requestArrives());
      }
    } else if (!pcpu.isRequested()) {
      deadlines.request(pcpu, requestArrives());
    }
  }

  private long requestArrives() {
    return simulator.nowNanos() + ipiMinNanos + ipiLatency.next();
  }

  void armPrecisely(HostTimer timer, long timeNanos) {
    simulator.reschedule(timer, Math.max(timeNanos, simulator.nowNanos()));
  }

  void armWithSlop(HostTimer timer, long timeNanos) {
    simulator.reschedule(timer, late(timeNanos));
  }

  /** Returns when a timer fires that is set for a time; one in the past means now. */
  long late(long timeNanos) {
    long time = Math.max(timeNanos, simulator.nowNanos());
    return delayedTimers ? time + slop.next() : time;
  }

  /**
   * Fact: {@code schedule()}, {@code sched_context_switch()} and {@code sched_context_switched()}.
   */
  void schedule(Pcpu pcpu) {
    long now = simulator.nowNanos();
    if (delayedRequests && deadlines == null) {
      simulator.cancel(pcpu.ipi);
    }
    int cpu = pcpu.number;
    SchedUnit previous = current[cpu];
    Scheduler scheduler = pcpu.scheduler;
    SchedUnit next = scheduler.schedule(cpu, previous, now);
    long slice = scheduler.sliceNanos;
    if (deadlines == null) {
      pcpu.setSlice(slice, now);
    }
    if (next == previous) {
      if (deadlines != null) {
        deadlines.decided(pcpu, next.vcpu, slice, now);
      } else if (width > 1) {
        pcpu.threads.run(next, now);
      }
      return;
    }
    pcpu.switches++;
    current[cpu] = next;
    switchedNanos[cpu] = now;
    previous.stateEntryNanos = now;
    next.stateEntryNanos = now;
    previous.running = false;
    next.running = true;
    Vcpu out = previous.vcpu;
    if (width > 1) {
      pcpu.threads.run(next, now);
    } else {
      switchVcpus(pcpu, out, next.vcpu, now);
      if (deadlines != null) {
        deadlines.decided(pcpu, next.vcpu, slice, now);
      }
    }
    scheduler.contextSaved(previous, now);
    if (out != null) {
      out.offPcpu(now);
    }
  }

  /**
   * Returns the deadlines of the pCPUs, in place of pending events for their timers, their slices,
   * the work that runs there and the requests to them; {@code null} if there are none.
   */
  PcpuDeadlines deadlines() {
    return deadlines;
  }

  /** Returns whether an event is being handled: the deadlines are looked at when it has been. */
  boolean isHandling() {
    return depth > 0;
  }

  private void switchVcpus(Pcpu pcpu, Vcpu out, Vcpu in, long now) {
    if (out != null) {
      out.switchOut(now);
    } else {
      pcpu.idleNanos += now - pcpu.idleSinceNanos;
    }
    if (in != null) {
      in.switchIn(pcpu, now);
    } else {
      pcpu.idleSinceNanos = now;
    }
    if (!uniformSpeed && (in == null || out == null)) {
      respeed(pcpu, now);
    }
  }

  // ---- speed ----

  /** Returns the work done per nanosecond on a pCPU now. */
  double speed(Pcpu pcpu) {
    if (uniformSpeed) {
      return 1;
    }
    int busy = 0;
    for (int cpu = pcpu.core.first(); cpu >= 0; cpu = pcpu.core.next(cpu + 1)) {
      Pcpu sibling = pcpus[cpu];
      if (sibling == pcpu || isBusy(cpu)) {
        busy++;
      }
    }
    return pcpu.frequency * sharedSpeed(busy);
  }

  /** Returns the speed of each thread of a core, relative to one alone. */
  double sharedSpeed(int busyThreads) {
    return busyThreads > 1 ? Math.min(1, timing.smtThroughput() / busyThreads) : 1;
  }

  /** A thread has become busy or idle, or its clock has changed: its core's speeds follow. */
  private void respeed(Pcpu pcpu, long now) {
    for (int cpu = pcpu.core.first(); cpu >= 0; cpu = pcpu.core.next(cpu + 1)) {
      if (isBusy(cpu)) {
        current[cpu].vcpu.setSpeed(speed(pcpus[cpu]), now);
      }
    }
  }

  private boolean isBusy(int cpu) {
    return current[cpu] != null && !current[cpu].isIdle();
  }
}
