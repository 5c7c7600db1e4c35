// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

import java.util.BitSet;
import org.poolsim.cpu.CpuWork;
import org.poolsim.cpu.DomainLimits;
import org.poolsim.cpu.DomainRunstate;
import org.poolsim.cpu.DomainSpec;
import org.poolsim.cpu.RatedHostCpu;
import org.poolsim.cpu.Runstate;
import org.poolsim.engine.Event;

/** One domain: its demand, its queue of work and its accounting. */
final class FluidDomain implements RatedHostCpu.RatedDomain {
  private static final RatedHostCpu.DomainListener NOBODY = domain -> {};

  private final FluidHostCpu host;
  private final int domid;
  private final String name;
  final FluidVcpu[] vcpus;
  private final RunstateShares runstates;
  private WorkQueue queue;
  private Event completion;
  private RatedHostCpu.DomainListener listener = NOBODY;
  private int weight;
  private long cap;
  private boolean paused;
  private boolean destroyed;
  private boolean queueChanged;

  /** Sum of the vCPUs' demands. */
  private long demandSum;

  /** Whether any vCPU runs, and what all of them had run when they were last asked. */
  private boolean running;

  private long ranNanos;

  /** Pieces of work in the queue, which comes with the first piece. */
  private int queued;

  /** Whether the host's next settling looks at this domain. */
  boolean dirty;

  /** Index in the host's array of domains. */
  int slot;

  /** Index of vCPU 0 in the host's arrays. */
  int base;

  /** Sum of what the vCPUs may want, kept by {@link #refresh()}. */
  private long allowed;

  FluidDomain(FluidHostCpu host, int domid, DomainSpec spec, long nowNanos) {
    this.host = host;
    this.domid = domid;
    this.name = spec.name();
    this.weight = spec.weight();
    this.cap = capRate(spec.capPercent());
    vcpus = new FluidVcpu[spec.vcpus()];
    for (int i = 0; i < vcpus.length; i++) {
      vcpus[i] = new FluidVcpu(this, nowNanos);
      vcpus[i].hardAffinity = copy(spec.hardAffinity());
      vcpus[i].prefer(host.softMask(spec.hardAffinity(), spec.softAffinity()), nowNanos);
    }
    runstates = vcpus.length > 1 ? new RunstateShares(nowNanos) : null;
  }

  private static BitSet copy(BitSet mask) {
    return mask == null ? null : (BitSet) mask.clone();
  }

  private static long capRate(int percent) {
    return percent == 0 ? Long.MAX_VALUE : percent * (long) Share.ONE / 100;
  }

  @Override
  public int domid() {
    return domid;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int vcpus() {
    return vcpus.length;
  }

  int weight() {
    return weight;
  }

  boolean isPaused() {
    return paused;
  }

  @Override
  public double activeTasks() {
    return queued + Share.toDouble(demandSum);
  }

  @Override
  public void setWeight(int newWeight) {
    DomainLimits.checkWeight(name, newWeight);
    weight = newWeight;
    host.changed(this);
  }

  @Override
  public void setCap(int percent) {
    DomainLimits.checkCap(name, percent);
    cap = capRate(percent);
    host.changed(this);
  }

  @Override
  public void setAffinity(int vcpu, BitSet hard, BitSet soft) {
    vcpus[vcpu].hardAffinity = copy(hard);
    vcpus[vcpu].prefer(host.softMask(hard, soft), host.nowNanos());
    host.affinityChanged();
    host.changed(this);
  }

  @Override
  public void pause() {
    paused = true;
    host.changed(this);
  }

  @Override
  public void unpause() {
    paused = false;
    host.changed(this);
  }

  @Override
  public void setDemand(int vcpu, double fraction) {
    DomainLimits.checkDemand(name, fraction);
    int demand = Share.of(fraction);
    FluidVcpu changed = vcpus[vcpu];
    if (changed.demand != demand) {
      demandSum += demand - changed.demand;
      changed.demand = demand;
      host.changed(this);
    }
  }

  @Override
  public void submit(CpuWork work, long cpuNanos) {
    DomainLimits.checkWork(name, work, cpuNanos);
    if (destroyed) {
      throw new IllegalStateException(name + " has been destroyed: it takes no work");
    }
    if (queue == null) {
      queue = new WorkQueue();
      completion = new Completion();
    }
    queue.add(work, cpuNanos, host.nowNanos());
    queued++;
    queueChanged = true;
    host.changed(this);
  }

  @Override
  public boolean cancel(CpuWork work) {
    boolean removed = queue != null && queue.remove(work);
    if (removed) {
      queued--;
      queueChanged = true;
      host.changed(this);
    }
    return removed;
  }

  @Override
  public long runningNanos(int vcpu) {
    return vcpus[vcpu].runningNanos(host.nowNanos());
  }

  @Override
  public long runstateNanos(int vcpu, Runstate state) {
    return vcpus[vcpu].nanos(state, host.nowNanos());
  }

  @Override
  public long nonaffineNanos(int vcpu) {
    return vcpus[vcpu].nonaffineNanos(host.nowNanos());
  }

  @Override
  public double runningRate(int vcpu) {
    return Share.toDouble(vcpus[vcpu].running);
  }

  @Override
  public double rate(int vcpu, Runstate state) {
    return Share.toDouble(vcpus[vcpu].rate(state));
  }

  @Override
  public long domainRunstateNanos(DomainRunstate state) {
    if (runstates != null) {
      return runstates.nanos(state, host.nowNanos());
    }
    return switch (state) {
      case FULL_RUN -> runstateNanos(0, Runstate.RUNNING);
      case FULL_CONTENTION -> runstateNanos(0, Runstate.RUNNABLE);
      case BLOCKED -> runstateNanos(0, Runstate.BLOCKED) + runstateNanos(0, Runstate.OFFLINE);
      case CONCURRENCY_HAZARD, PARTIAL_RUN, PARTIAL_CONTENTION -> 0;
    };
  }

  @Override
  public double rate(DomainRunstate state) {
    if (runstates != null) {
      return Share.toDouble(runstates.rate(state));
    }
    return switch (state) {
      case FULL_RUN -> rate(0, Runstate.RUNNING);
      case FULL_CONTENTION -> rate(0, Runstate.RUNNABLE);
      case BLOCKED -> rate(0, Runstate.BLOCKED) + rate(0, Runstate.OFFLINE);
      case CONCURRENCY_HAZARD, PARTIAL_RUN, PARTIAL_CONTENTION -> 0;
    };
  }

  @Override
  public void listen(RatedHostCpu.DomainListener newListener) {
    listener = newListener;
  }

  /** Derives what the vCPUs want from demand, work, pause and cap; returns the sum's change. */
  long refresh() {
    long wanted = 0;
    if (queued == 0) {
      for (FluidVcpu vcpu : vcpus) {
        vcpu.working = false;
        vcpu.want = vcpu.demand;
        wanted += vcpu.demand;
      }
    } else {
      wanted = placeWork();
    }
    long before = allowed;
    if (paused || destroyed) {
      allowed = 0;
      for (FluidVcpu vcpu : vcpus) {
        vcpu.allowed = 0;
        vcpu.offline = 0;
      }
    } else if (wanted <= cap) {
      allowed = wanted;
      for (FluidVcpu vcpu : vcpus) {
        vcpu.allowed = vcpu.want;
      }
    } else {
      allowed = cutToCap();
    }
    return allowed - before;
  }

  /** The guest puts each piece on a vCPU of its own, the least loaded ones first. */
  private long placeWork() {
    int free = Math.max(0, vcpus.length - queued);
    for (FluidVcpu vcpu : vcpus) {
      vcpu.working = true;
    }
    for (; free > 0; free--) {
      FluidVcpu most = null;
      for (FluidVcpu vcpu : vcpus) {
        if (vcpu.working && (most == null || vcpu.demand >= most.demand)) {
          most = vcpu;
        }
      }
      most.working = false;
    }
    long wanted = 0;
    for (FluidVcpu vcpu : vcpus) {
      vcpu.want = vcpu.working ? Share.ONE : vcpu.demand;
      wanted += vcpu.want;
    }
    return wanted;
  }

  /** Max-min shares of the cap among the vCPUs, which have equal rights. */
  private long cutToCap() {
    long rest = cap;
    int left = vcpus.length;
    long level = 0;
    boolean lowered = true;
    while (lowered) {
      lowered = false;
      long roundLevel = rest / left;
      rest = cap;
      left = vcpus.length;
      for (FluidVcpu vcpu : vcpus) {
        if (vcpu.want <= roundLevel) {
          rest -= vcpu.want;
          left--;
        }
      }
      if (roundLevel != level) {
        lowered = true;
        level = roundLevel;
      }
    }
    long sum = 0;
    for (FluidVcpu vcpu : vcpus) {
      vcpu.allowed = (int) Math.min(vcpu.want, level);
      sum += vcpu.allowed;
    }
    return sum;
  }

  /**
   * Lets the vCPUs go on with what they were granted.
   *
   * @param granted by index {@link #base} and up; {@code null} if everything wanted is granted
   * @return the change of the sum of the running rates
   */
  long apply(long nowNanos, int[] granted) {
    long change = 0;
    boolean changed = false;
    boolean runs = false;
    for (int i = 0; i < vcpus.length; i++) {
      FluidVcpu vcpu = vcpus[i];
      int grant = granted == null ? vcpu.allowed : granted[base + i];
      int runnable = vcpu.allowed - grant;
      int offline = paused ? Share.ONE : destroyed ? 0 : vcpu.want - vcpu.allowed;
      int before = vcpu.running;
      runs |= grant != 0;
      if (vcpu.setRates(nowNanos, grant, runnable, offline)) {
        change += grant - before;
        changed = true;
      }
    }
    if (changed) {
      running = runs;
      ranNanos = -1;
      if (runstates != null) {
        runstates.update(nowNanos, vcpus);
      }
      listener.domainRatesChanged(this);
    }
    queueChanged |= changed && queued > 0;
    return change;
  }

  /** Lets the work progress at what the vCPUs received, on pCPUs of a common speed. */
  void progress(long nowNanos, int speed, boolean speedChanged) {
    if (!queueChanged && !(speedChanged && queued > 0)) {
      return;
    }
    queueChanged = false;
    if (queued == 0) {
      if (queue != null && queue.rate() != 0) {
        queue.setRate(nowNanos, 0);
        host.cancel(completion);
      }
      return;
    }
    long received = 0;
    for (FluidVcpu vcpu : vcpus) {
      if (vcpu.working) {
        // The background is one more task on its vCPU, beside queued / vcpus pieces of work there.
        long share =
            queued <= vcpus.length
                ? vcpu.running / 2
                : (long) vcpu.running * vcpus.length / (vcpus.length + queued);
        received += vcpu.running - Math.min(vcpu.demand, share);
      }
    }
    long rate = received / queued;
    if (speed != Share.ONE) {
      rate = (rate * speed) >>> Share.BITS;
    }
    queue.setRate(nowNanos, (int) rate);
    long next = queue.nextCompletionNanos(nowNanos);
    if (next == Long.MAX_VALUE) {
      host.cancel(completion);
    } else {
      host.reschedule(completion, next);
    }
  }

  /** Returns the running time of all vCPUs; that of a domain of which none runs is known. */
  long ranNanos(long nowNanos) {
    if (!running && ranNanos >= 0) {
      return ranNanos;
    }
    long ran = 0;
    for (FluidVcpu vcpu : vcpus) {
      ran += vcpu.runningNanos(nowNanos);
    }
    ranNanos = ran;
    return ran;
  }

  boolean isOf(FluidHostCpu other) {
    return host == other;
  }

  /** Drops all work and demand; the accounting stands still from now on. */
  void destroy() {
    destroyed = true;
    if (queue != null) {
      queue.clear();
      queued = 0;
      queueChanged = true;
    }
    for (FluidVcpu vcpu : vcpus) {
      vcpu.demand = 0;
    }
    demandSum = 0;
  }

  boolean isDestroyed() {
    return destroyed;
  }

  void audit(long nowNanos) {
    if (runstates != null) {
      long rest = runstates.nanos(DomainRunstate.BLOCKED, nowNanos);
      if (rest < 0) {
        throw new IllegalStateException(
            name + ": the domain's runstates exceed its age by " + -rest + " ns at " + nowNanos);
      }
    }
  }

  private final class Completion extends Event {
    @Override
    protected void fire() {
      long nowNanos = host.nowNanos();
      queueChanged = true;
      host.changed(FluidDomain.this);
      for (CpuWork work = queue.pollComplete(nowNanos);
          work != null;
          work = queue.pollComplete(nowNanos)) {
        queued--;
        work.complete();
      }
    }

    @Override
    public String toString() {
      return "completion of work in " + name;
    }
  }
}
