// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Owner;

/**
 * The memory of one host: who has it, the daemon that shares it out and the data sources that show
 * it. Not thread safe, as everything that belongs to a simulator.
 *
 * <p>Between the timers of the daemon, and for as long as nothing changes even without them, VMs
 * that sit on their targets cost no events.
 */
public final class HostMemory {
  private final Simulator simulator;
  private final HostMemorySpec spec;
  private final DataSources dataSources;
  private final HostSources sources;
  private final NodeMemory nodes;
  private final long[] ownKib;
  private final NumaPlanner planner;

  /** One for all VMs of a node; made when it is needed. */
  private final NodePlacement[] placements;

  private final long[] nodeFreeBytes;
  private final Squeezed squeezed;
  private final List<VmMemory> domains = new ArrayList<>();

  /** Those of the domains and, before they are any, those that want to become one. */
  private final List<VmMemory> present = new ArrayList<>();

  private final Event scrubbed =
      new Event() {
        @Override
        protected void fire() {
          freeChanged();
        }
      };

  private long reclaimedKib;
  private long reclaimableKib;
  private Runnable listener = () -> {};

  /**
   * Creates the memory of a host without VMs.
   *
   * @param sources receives the host's and its VMs' data sources; whoever removes a VM removes them
   * @param host the host
   * @param dom0 its control domain, which is a VM too
   */
  public HostMemory(
      Simulator simulator, DataSources sources, Owner host, Owner dom0, HostMemorySpec spec) {
    this.simulator = simulator;
    this.spec = spec;
    dataSources = sources;
    this.sources = new HostSources(sources, host, dom0, spec);
    int nodeCount = spec.numa().nodes();
    nodes = new NodeMemory(nodeCount, spec.totalKib(), spec.scrubBytesPerSecond());
    ownKib = new long[nodeCount];
    nodes.take(ownKib, spec.xenKib() + spec.dom0Kib(), -1);
    if (nodeCount > 1) {
      HostSources.registerDom0Nodes(sources, dom0, dom0KibOfNodes());
    }
    planner = new NumaPlanner(spec.numa());
    placements = new NodePlacement[nodeCount];
    nodeFreeBytes = new long[nodeCount];
    squeezed = new Squeezed(simulator, this, spec.squeezed());
    freeChanged();
  }

  /** Xen and dom0 are spread over the nodes alike. */
  private long[] dom0KibOfNodes() {
    long own = spec.xenKib() + spec.dom0Kib();
    long[] kib = new long[ownKib.length];
    for (int node = 0; node < kib.length && own > 0; node++) {
      kib[node] = Math.round((double) ownKib[node] / own * spec.dom0Kib());
    }
    return kib;
  }

  /**
   * Describes a VM that may run here; it has no memory yet. It may be started again and again; once
   * its data sources have been removed it has to be described anew.
   */
  public VmMemory vm(Owner owner, VmMemorySpec vm, VmMemoryListener listener) {
    return new VmMemory(simulator, this, squeezed, owner, vm, listener);
  }

  /**
   * Describes a VM that runs here already when the simulation starts.
   *
   * @param domid not in use
   * @param kib the memory that its guest has
   * @throws IllegalArgumentException if the host has not that much free
   */
  public VmMemory runningVm(Owner owner, VmMemorySpec vm, int domid, long kib) {
    return runningVm(owner, vm, domid, kib, IGNORE);
  }

  /**
   * Describes a VM that runs here already when the simulation starts.
   *
   * @param domid not in use
   * @param kib the memory that its guest has
   * @param listener hears of its cooperation
   * @throws IllegalArgumentException if the host has not that much free
   */
  public VmMemory runningVm(
      Owner owner, VmMemorySpec vm, int domid, long kib, VmMemoryListener listener) {
    VmMemory memory = vm(owner, vm, listener);
    long needed = kib + vm.overheadKib(version());
    if (needed > freeKib()) {
      throw new IllegalArgumentException(
          owner.name() + " needs " + needed + " KiB of " + freeKib() + " KiB free");
    }
    memory.adopt(domid, kib);
    return memory;
  }

  private static final VmMemoryListener IGNORE =
      new VmMemoryListener() {
        @Override
        public void admitted(VmMemory vm) {}

        @Override
        public void built(VmMemory vm) {}

        @Override
        public void refused(VmMemory vm, MemoryRefusal why) {}
      };

  /**
   * The host dies at once, its VMs and its daemon with it; nobody is told. No event is left until
   * {@link #boot()}.
   */
  public void crash() {
    squeezed.stop();
    while (!present.isEmpty()) {
      present.get(present.size() - 1).destroy();
    }
    squeezed.stop();
    simulator.cancel(scrubbed);
    nodes.clean();
    freeChanged();
  }

  /** The host is up again, without VMs. */
  public void boot() {
    squeezed.start();
  }

  /** Returns all memory, in KiB. */
  public long totalKib() {
    return spec.totalKib();
  }

  /** Returns what nobody has, in KiB, pages still to be scrubbed included. */
  public long freeKib() {
    return nodes.freeKib();
  }

  /** Returns what of the free memory is still to be scrubbed, in KiB. */
  public long dirtyKib() {
    return nodes.dirtyKib(simulator.nowNanos());
  }

  /** Returns the free memory of a node, in KiB. */
  public long freeKib(int node) {
    return nodes.freeKib(node);
  }

  /** Returns what the targets leave the VMs without, in KiB, of their dynamic_max. */
  public long reclaimedKib() {
    return reclaimedKib;
  }

  /** Returns what balloons could still give back, in KiB: down to each dynamic_min. */
  public long reclaimableKib() {
    return reclaimableKib;
  }

  /**
   * Lets {@code newListener} know after each change of what is free, reclaimed or reclaimable, and
   * when all pages are scrubbed; what scrubbing makes free in between is not told.
   */
  public void listen(Runnable newListener) {
    listener = newListener;
  }

  /** Returns the ballooning daemon. */
  public Squeezed squeezed() {
    return squeezed;
  }

  /** Returns the domains, dom0 not among them, in ascending domid. */
  public List<VmMemory> domains() {
    return Collections.unmodifiableList(domains);
  }

  /**
   * Returns what xapi takes to be available for a start, in KiB: everything but the host's overhead
   * and, for each VM that is here, its dynamic_min and overhead (fact sheet, section 6).
   */
  public long availableForStartKib() {
    long available = spec.totalKib() - spec.xenKib() - spec.dom0Kib() - squeezed.hostReservedKib();
    for (int i = 0; i < domains.size(); i++) {
      VmMemory vm = domains.get(i);
      available -= vm.limits().dynamicMinKib() + vm.overheadKib();
    }
    return Math.max(0, available);
  }

  /** Returns what xapi wants to be available before it starts a VM, in KiB. */
  public long requiredForStartKib(VmMemorySpec vm) {
    return vm.requiredForStartKib(version());
  }

  /**
   * Checks that every KiB is in exactly one place.
   *
   * @throws IllegalStateException naming the sum that does not hold
   */
  public void audit() {
    nodes.audit();
    long sum = nodes.freeKib() + spec.xenKib() + spec.dom0Kib();
    long reclaimed = 0;
    long reclaimable = 0;
    for (VmMemory vm : domains) {
      long held = 0;
      for (long kib : vm.held()) {
        held += kib;
      }
      boolean populated = vm.hasKeys();
      if (held != (populated ? vm.actualKib() + vm.overheadKib() : 0)) {
        throw new IllegalStateException(
            vm.owner().name()
                + " has "
                + vm.actualKib()
                + " KiB and "
                + vm.overheadKib()
                + " KiB overhead, but "
                + held
                + " KiB of the nodes");
      }
      sum += held;
      reclaimed += vm.reclaimedKib();
      reclaimable += vm.reclaimableKib();
    }
    if (reclaimed != reclaimedKib || reclaimable != reclaimableKib) {
      throw new IllegalStateException(
          "the domains have "
              + reclaimed
              + " KiB reclaimed and "
              + reclaimable
              + " KiB reclaimable, the host counts "
              + reclaimedKib
              + " and "
              + reclaimableKib);
    }
    if (sum != spec.totalKib()) {
      throw new IllegalStateException(
          "free memory, Xen, dom0 and the domains add up to "
              + sum
              + " KiB of "
              + spec.totalKib()
              + " KiB");
    }
  }

  // --- For squeezed ----------------------------------------------------------------------------

  int domainCount() {
    return domains.size();
  }

  /** Fills a snapshot with everything but the reservations, which squeezed itself knows. */
  void look(HostSnapshot snapshot) {
    long now = simulator.nowNanos();
    long unaccounted = 0;
    snapshot.reset(0);
    for (int i = 0; i < domains.size(); i++) {
      unaccounted +=
          domains.get(i).lookedAt(snapshot, now, spec.squeezed().uncooperativeAfterSeconds());
    }
    snapshot.freeKib = nodes.freeKib() - unaccounted;
  }

  void setTarget(int domid, long kib) {
    int at = indexOf(domid);
    if (at >= 0) {
      domains.get(at).writeTarget(kib);
    }
  }

  /** Returns whether the next looks of the timer will see and do nothing new. */
  boolean isQuiet() {
    for (int i = 0; i < domains.size(); i++) {
      VmMemory vm = domains.get(i);
      if (vm.isBallooning() || !(vm.isCooperative() || vm.isUncooperative())) {
        return false;
      }
    }
    return dirtyKib() == 0;
  }

  void seenCooperativeAt(long nanos) {
    for (int i = 0; i < domains.size(); i++) {
      domains.get(i).seenCooperativeAt(nanos);
    }
  }

  // --- For the VMs -----------------------------------------------------------------------------

  DataSources dataSources() {
    return dataSources;
  }

  int nodeCount() {
    return nodes.nodes();
  }

  ToolstackVersion version() {
    return spec.version();
  }

  void arrived(VmMemory vm) {
    present.add(vm);
  }

  void left(VmMemory vm) {
    present.remove(vm);
  }

  void addDomain(VmMemory vm) {
    int at = indexOf(vm.domid());
    if (at >= 0) {
      throw new IllegalArgumentException("domid " + vm.domid() + " is in use on this host");
    }
    squeezed.changed();
    domains.add(-at - 1, vm);
    vm.sources().register();
  }

  void removeDomain(VmMemory vm) {
    domains.remove(indexOf(vm.domid()));
    nodes.giveDirty(vm.held(), simulator.nowNanos());
  }

  void take(long[] held, long kib, int preferred) {
    squeezed.changed();
    nodes.take(held, kib, preferred);
  }

  void give(long[] held, long kib) {
    squeezed.changed();
    nodes.give(held, kib);
  }

  /** A target, a range or an amount of a domain is new; the sums and the series follow. */
  void memoryChanged(VmMemory vm, long moreReclaimedKib, long moreReclaimableKib) {
    reclaimedKib += moreReclaimedKib;
    reclaimableKib += moreReclaimableKib;
    vm.sources().update(vm);
    freeChanged();
  }

  /** Chooses a node for a VM; a VM that fits on none alone is spread over all. */
  NodePlacement place(VmMemoryBreakdown breakdown, int vcpus) {
    if (spec.numaPolicy() == NumaPolicy.ANY) {
      return NodePlacement.NONE;
    }
    for (int node = 0; node < nodeFreeBytes.length; node++) {
      nodeFreeBytes[node] = nodes.freeKib(node) * 1024;
    }
    int[] plan =
        planner.plan(
            breakdown.buildStartMib() << 20,
            vcpus,
            spec.numaPolicy().coresWanted(vcpus),
            nodeFreeBytes);
    // A plan of several nodes is counted, and not acted on.
    if (plan.length != 1) {
      return NodePlacement.NONE;
    }
    int node = plan[0];
    if (placements[node] == null) {
      placements[node] = NodePlacement.on(node, cpusOf(node), spec.numaPolicy());
    }
    return placements[node];
  }

  private BitSet cpusOf(int node) {
    BitSet cpus = new BitSet();
    int first = spec.numa().firstCpu(node);
    cpus.set(first, first + spec.numa().cpus(node));
    return cpus;
  }

  private void freeChanged() {
    long now = simulator.nowNanos();
    long dirty = nodes.dirtyKib(now);
    sources.setFreeKib(nodes.freeKib() - dirty);
    sources.setReclaimedKib(reclaimedKib, reclaimableKib);
    listener.run();
    if (dirty > 0) {
      simulator.reschedule(scrubbed, Math.max(now + 1, nodes.cleanAtNanos(now)));
    }
  }

  private int indexOf(int domid) {
    int low = 0;
    int high = domains.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = domains.get(middle).domid();
      if (found == domid) {
        return middle;
      }
      if (found < domid) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }
}
