// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.DomainLimits;
import org.poolsim.cpu.DomainSpec;
import org.poolsim.cpu.HostCpuSpec;
import org.poolsim.cpu.RatedHostCpu;
import org.poolsim.cpu.Runstate;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * The pCPUs of a host shared at piecewise-constant rates. Shares are computed when a demand, a
 * queue of work or a parameter changes, once for all changes of one instant.
 */
public final class FluidHostCpu implements RatedHostCpu {
  /** The schedulers whose long-run shares are weighted max-min shares. */
  public static final Set<String> SCHEDULERS =
      Set.of("credit", "credit-xenserver", "credit2", "credit2-pre421");

  private static final HostListener NOBODY = () -> {};

  private final Simulator simulator;
  private final String name;
  private final CpuTopology topology;
  private final int pcpus;
  private final long capacity;
  private final double smtGain;
  private final boolean dom0AutoWeight;
  private final Event settle = new Settle();
  private final WaterFilling filling = new WaterFilling();
  private final AffinityShares affinity;
  private final BusyTime busyTime;
  private final List<SoftMask> softMasks = new ArrayList<>();
  private HostListener listener = NOBODY;

  private FluidDomain[] domains = new FluidDomain[8];
  private int domainCount;
  private int nextDomid;

  /** Slots of the domains that have changed at this instant. */
  private int[] dirty = new int[8];

  private int dirtyCount;

  /** Whether domains have come or gone, or masks have changed, since the arrays were filled. */
  private boolean structureChanged;

  private int vcpuCount;
  private int[] members = new int[0];
  private int[] wanted = new int[0];
  private int[] weights = new int[0];
  private int[] granted = new int[0];

  /** Load of each pCPU while masks are in force. */
  private long[] pcpuLoads;

  /** Sum of what all vCPUs may want. */
  private long allowed;

  /** Sum of what all vCPUs get. */
  private long busyRate;

  private boolean contended;
  private int dom0Weight;
  private int destroyedCount;
  private int speed = Share.ONE;

  /** The running time of all vCPUs ever, and the instant for which it was added up. */
  private long ranNanos;

  private long ranAtNanos = -1;

  /**
   * Creates a host without domains.
   *
   * @throws IllegalArgumentException if the scheduler's shares are not those of {@link #SCHEDULERS}
   */
  public FluidHostCpu(Simulator simulator, HostCpuSpec spec) {
    if (!SCHEDULERS.contains(spec.scheduler())) {
      throw new IllegalArgumentException(
          spec.name()
              + ": scheduler "
              + spec.scheduler()
              + " has no fluid model; there is one for "
              + String.join(", ", SCHEDULERS.stream().sorted().toList()));
    }
    this.simulator = simulator;
    name = spec.name();
    topology = spec.topology();
    pcpus = topology.pcpus();
    capacity = pcpus * (long) Share.ONE;
    smtGain =
        topology.threadsPerCore() == 1
            ? 1
            : (spec.smtThroughput() - 1) / (topology.threadsPerCore() - 1);
    dom0AutoWeight = spec.scheduler().equals("credit-xenserver");
    affinity = new AffinityShares(pcpus);
    busyTime = new BusyTime(pcpus, simulator.nowNanos());
  }

  @Override
  public int pcpus() {
    return pcpus;
  }

  @Override
  public CpuTopology topology() {
    return topology;
  }

  @Override
  public RatedDomain createDomain(DomainSpec spec) {
    DomainLimits.checkSpec(spec);
    FluidDomain domain = new FluidDomain(this, nextDomid++, spec, nowNanos());
    if (domainCount == domains.length) {
      domains = Arrays.copyOf(domains, 2 * domainCount);
    }
    domain.slot = domainCount;
    domains[domainCount++] = domain;
    structureChanged = true;
    changed(domain);
    return domain;
  }

  @Override
  public void destroyDomain(CpuDomain domain) {
    if (!(domain instanceof FluidDomain fluid) || !fluid.isOf(this) || fluid.isDestroyed()) {
      throw new IllegalArgumentException(domain.name() + " is not a domain of " + name);
    }
    fluid.destroy();
    destroyedCount++;
    structureChanged = true;
    changed(fluid);
  }

  @Override
  public long idleNanos(int pcpu) {
    return busyTime.idleNanos(pcpu, nowNanos(), ranNanos());
  }

  @Override
  public void idleNanos(long[] nanos) {
    busyTime.idleNanos(nanos, nowNanos(), ranNanos());
  }

  @Override
  public long idleNanos() {
    return busyTime.allIdleNanos(nowNanos(), ranNanos());
  }

  /**
   * Returns the running time of all vCPUs ever. Whatever changes at an instant, it changes what
   * follows: all who ask at one instant get the same sum.
   */
  private long ranNanos() {
    long nowNanos = nowNanos();
    if (nowNanos != ranAtNanos) {
      long ran = busyTime.retiredNanos();
      for (int i = 0; i < domainCount; i++) {
        for (FluidVcpu vcpu : domains[i].vcpus) {
          ran += vcpu.runningNanos(nowNanos);
        }
      }
      ranNanos = ran;
      ranAtNanos = nowNanos;
    }
    return ranNanos;
  }

  @Override
  public double idleRate(int pcpu) {
    return busyTime.idleRate(pcpu);
  }

  @Override
  public int runningVcpus() {
    long sum = 0;
    for (int i = 0; i < domainCount; i++) {
      for (FluidVcpu vcpu : domains[i].vcpus) {
        sum += vcpu.running + vcpu.runnable();
      }
    }
    return (int) Math.round(Share.toDouble(sum));
  }

  @Override
  public int runningDomains() {
    int running = 0;
    for (int i = 0; i < domainCount; i++) {
      running += domains[i].isPaused() || domains[i].isDestroyed() ? 0 : 1;
    }
    return running;
  }

  @Override
  public void listen(HostListener newListener) {
    HostListener earlier = listener;
    listener =
        earlier == NOBODY
            ? newListener
            : () -> {
              earlier.hostRatesChanged();
              newListener.hostRatesChanged();
            };
  }

  @Override
  public void audit() {
    long nowNanos = nowNanos();
    long nanos = busyTime.retiredNanos();
    long fractions = busyTime.retiredFractions();
    for (int i = 0; i < domainCount; i++) {
      for (FluidVcpu vcpu : domains[i].vcpus) {
        vcpu.audit(nowNanos);
        nanos += vcpu.nanos(Runstate.RUNNING, nowNanos);
        fractions += vcpu.runningFraction();
      }
      domains[i].audit(nowNanos);
    }
    busyTime.audit(name, nowNanos, nanos, fractions);
  }

  long nowNanos() {
    return simulator.nowNanos();
  }

  void cancel(Event event) {
    simulator.cancel(event);
  }

  void reschedule(Event event, long timeNanos) {
    simulator.reschedule(event, timeNanos);
  }

  void affinityChanged() {
    structureChanged = true;
  }

  /**
   * Returns what all vCPUs that prefer the same of the pCPUs allowed have in common.
   *
   * @return {@code null} if that is every pCPU that they may run on
   */
  SoftMask softMask(BitSet hard, BitSet soft) {
    if (soft == null) {
      return null;
    }
    BitSet preferred = (BitSet) soft.clone();
    if (hard != null) {
      preferred.and(hard);
    }
    BitSet elsewhere = new BitSet();
    if (hard == null) {
      elsewhere.set(0, pcpus);
    } else {
      elsewhere.or(hard);
    }
    elsewhere.andNot(preferred);
    if (elsewhere.isEmpty()) {
      return null;
    }
    for (SoftMask mask : softMasks) {
      if (mask.isOf(preferred)) {
        return mask;
      }
    }
    SoftMask mask = new SoftMask(preferred, nowNanos());
    softMasks.add(mask);
    return mask;
  }

  /** Notes a domain for the settling at the end of this instant. */
  void changed(FluidDomain domain) {
    if (domain.dirty) {
      return;
    }
    domain.dirty = true;
    if (dirtyCount == dirty.length) {
      dirty = Arrays.copyOf(dirty, 2 * dirtyCount);
    }
    dirty[dirtyCount++] = domain.slot;
    if (!settle.isPending()) {
      simulator.schedule(settle, simulator.nowNanos());
    }
  }

  private void settle() {
    long nowNanos = nowNanos();
    for (int i = 0; i < dirtyCount; i++) {
      allowed += domains[dirty[i]].refresh();
    }
    if (structureChanged) {
      rebuild();
    }
    boolean restricted = affinity.isRestricted();
    boolean contends = restricted || allowed > capacity;
    boolean all = contends || contended;
    contended = contends;
    if (contends) {
      shareAll(restricted);
    }
    if (all) {
      for (int i = 0; i < domainCount; i++) {
        busyRate += domains[i].apply(nowNanos, contends ? granted : null);
      }
    } else {
      for (int i = 0; i < dirtyCount; i++) {
        busyRate += domains[dirty[i]].apply(nowNanos, null);
      }
    }
    if (restricted) {
      busyTime.setPerPcpu(nowNanos, pcpuLoads);
    } else {
      busyTime.setEven(nowNanos, busyRate);
    }
    int newSpeed = speed();
    boolean speedChanged = newSpeed != speed;
    speed = newSpeed;
    if (all || speedChanged) {
      for (int i = 0; i < domainCount; i++) {
        domains[i].progress(nowNanos, newSpeed, speedChanged);
      }
    }
    for (int i = 0; i < dirtyCount; i++) {
      FluidDomain domain = domains[dirty[i]];
      domain.progress(nowNanos, newSpeed, false);
      domain.dirty = false;
    }
    dirtyCount = 0;
    if (destroyedCount > 0) {
      removeDestroyed(nowNanos);
    }
    listener.hostRatesChanged();
  }

  private void rebuild() {
    structureChanged = false;
    vcpuCount = 0;
    for (int i = 0; i < domainCount; i++) {
      domains[i].base = vcpuCount;
      vcpuCount += domains[i].vcpus.length;
    }
    if (wanted.length < vcpuCount) {
      int length = Math.max(vcpuCount, 2 * wanted.length);
      wanted = new int[length];
      weights = new int[length];
      granted = new int[length];
      members = new int[length];
      for (int i = 0; i < length; i++) {
        members[i] = i;
      }
    }
    BitSet[] masks = new BitSet[vcpuCount];
    for (int i = 0; i < domainCount; i++) {
      FluidVcpu[] vcpus = domains[i].vcpus;
      for (int j = 0; j < vcpus.length; j++) {
        masks[domains[i].base + j] = vcpus[j].hardAffinity;
      }
    }
    affinity.rebuild(masks);
    if (affinity.isRestricted() && pcpuLoads == null) {
      pcpuLoads = new long[pcpus];
    }
  }

  private void shareAll(boolean restricted) {
    updateDom0Weight();
    int at = 0;
    for (int i = 0; i < domainCount; i++) {
      int weight = i == 0 && dom0Weight > 0 ? dom0Weight : domains[i].weight();
      for (FluidVcpu vcpu : domains[i].vcpus) {
        wanted[at] = vcpu.allowed;
        weights[at++] = weight;
      }
    }
    if (restricted) {
      affinity.share(filling, wanted, weights, granted, pcpuLoads);
    } else {
      filling.fill(members, vcpuCount, wanted, weights, capacity, granted);
      filling.handOutRest(granted);
    }
  }

  /**
   * XenServer's patch to credit: dom0's active vCPUs are entitled to one pCPU each, or together to
   * half of the host if that is less. A weight set by the user is overwritten.
   */
  private void updateDom0Weight() {
    if (!dom0AutoWeight || pcpus < 2 || domainCount == 0 || domains[0].domid() != 0) {
      return;
    }
    int active = activeVcpus(domains[0]);
    if (active == 0) {
      return;
    }
    long otherWeight = 0;
    for (int i = 1; i < domainCount; i++) {
      otherWeight += (long) domains[i].weight() * activeVcpus(domains[i]);
    }
    if (otherWeight == 0) {
      return;
    }
    int others = pcpus - active;
    long weight = active > others ? otherWeight / active : otherWeight / others;
    if (weight > 0) {
      dom0Weight = (int) Math.min(weight, 65535);
    }
  }

  private static int activeVcpus(FluidDomain domain) {
    int active = 0;
    for (FluidVcpu vcpu : domain.vcpus) {
      active += vcpu.allowed > 0 ? 1 : 0;
    }
    return active;
  }

  /** Work on a core with other busy threads is slower; cores without any are filled first. */
  private int speed() {
    int cores = topology.cores();
    if (smtGain == 1 || busyRate <= cores * (long) Share.ONE) {
      return Share.ONE;
    }
    double busy = Share.toDouble(busyRate);
    return Share.of((cores + (busy - cores) * smtGain) / busy);
  }

  private void removeDestroyed(long nowNanos) {
    destroyedCount = 0;
    int kept = 0;
    for (int i = 0; i < domainCount; i++) {
      if (domains[i].isDestroyed()) {
        for (FluidVcpu vcpu : domains[i].vcpus) {
          busyTime.retire(vcpu.nanos(Runstate.RUNNING, nowNanos), vcpu.runningFraction());
        }
      } else {
        domains[i].slot = kept;
        domains[kept++] = domains[i];
      }
    }
    Arrays.fill(domains, kept, domainCount, null);
    domainCount = kept;
    structureChanged = true;
  }

  private final class Settle extends Event {
    @Override
    protected void fire() {
      settle();
    }

    @Override
    public String toString() {
      return "settling of the CPU shares of " + name;
    }
  }
}
