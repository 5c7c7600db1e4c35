// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Owner;
import org.poolsim.memory.BalloonSpec;
import org.poolsim.memory.HostMemory;
import org.poolsim.memory.HostMemorySpec;
import org.poolsim.memory.MemoryLimits;
import org.poolsim.memory.NumaTopology;
import org.poolsim.memory.SqueezedSettings;
import org.poolsim.memory.ToolstackVersion;
import org.poolsim.memory.VmMemory;
import org.poolsim.memory.VmMemoryBreakdown;
import org.poolsim.memory.VmMemoryListener;
import org.poolsim.memory.VmMemorySpec;
import org.poolsim.pool.spec.BalloonDriverSpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.MemoryPolicySpec;
import org.poolsim.pool.spec.MemorySpec;
import org.poolsim.pool.spec.VmSpec;

/**
 * A host's memory twice: what its domains have ({@link HostMemory}), and what xapi has promised,
 * which is each placed VM's dynamic_min and overhead from its placement until it is gone. xapi
 * admits by the promises; squeezed has to find the memory.
 */
final class HostMemoryAccount {
  private static final long KIB = 1024;

  /** SLIT of two sockets: what servers of two sockets report. */
  private static final int OTHER_SOCKET = 21;

  private static final int SAME_SOCKET = 10;

  /** Twice the inaccuracy of a balloon. */
  private static final long HELD_BACK_KIB = 8;

  private final HostMemorySpec spec;
  private final HostMemory memory;
  private long committedKib;
  private int nextDomid = 1;

  HostMemoryAccount(
      Simulator simulator, HostSpec host, DataSources sources, Owner owner, Owner dom0) {
    spec = hostMemory(host);
    memory = new HostMemory(simulator, sources, owner, dom0, spec);
  }

  private static HostMemorySpec hostMemory(HostSpec host) {
    MemoryPolicySpec policy = host.memoryPolicy();
    SqueezedSettings squeezed = SqueezedSettings.of(policy.toolstack());
    return new HostMemorySpec(
        host.memoryBytes() / KIB,
        kib(host.xenMemoryBytes()),
        kib(host.dom0().memoryBytes()),
        nodes(CpuFactory.hostCpuSpec(host).topology()),
        policy.numa(),
        policy.toolstack(),
        policy.squeezed() == MemoryPolicySpec.Squeezing.FAITHFUL
            ? squeezed
            : squeezed.rememberingStuckDomains(),
        HostMemorySpec.SCRUB_BYTES_PER_SECOND);
  }

  /** A socket is a node. */
  private static NumaTopology nodes(CpuTopology topology) {
    int sockets = topology.sockets();
    if (sockets == 1) {
      return NumaTopology.uniform(topology.pcpus(), topology.cores());
    }
    int[][] distances = new int[sockets][sockets];
    int[] cpus = new int[sockets];
    int[] cores = new int[sockets];
    for (int from = 0; from < sockets; from++) {
      cpus[from] = topology.pcpus() / sockets;
      cores[from] = topology.coresPerSocket();
      for (int to = 0; to < sockets; to++) {
        distances[from][to] = from == to ? SAME_SOCKET : OTHER_SOCKET;
      }
    }
    return new NumaTopology(distances, cpus, cores);
  }

  /** Returns a VM's memory as the memory model wants it. */
  static VmMemorySpec vmMemory(VmSpec vm, MemorySpec memory) {
    return new VmMemorySpec(
        switch (vm.type()) {
          case HVM -> VmMemoryBreakdown.Type.HVM;
          case PVH -> VmMemoryBreakdown.Type.PVH;
          case PV -> VmMemoryBreakdown.Type.PV;
        },
        new MemoryLimits(
            memory.staticMinBytes() / KIB,
            kib(memory.dynamicMinBytes()),
            kib(memory.dynamicMaxBytes()),
            kib(memory.staticMaxBytes())),
        vm.vcpus(),
        1,
        0,
        !vm.affinity().isEmpty(),
        balloon(memory.balloon()));
  }

  private static BalloonSpec balloon(BalloonDriverSpec wanted) {
    BalloonSpec driver =
        switch (wanted.guest()) {
          case LINUX -> BalloonSpec.linux();
          case WINDOWS -> BalloonSpec.windows();
          case NONE -> BalloonSpec.none();
        };
    if (wanted.guest() == BalloonDriverSpec.Guest.NONE) {
      return driver;
    }
    if (wanted.bytesPerSecond() > 0) {
      driver = driver.atKibPerSecond(wanted.bytesPerSecond() / KIB);
    }
    double kib = (double) kib(wanted.param());
    double seconds = wanted.param() / 1e9;
    return switch (wanted.fault()) {
      case NONE -> driver;
      case STUCK -> driver.of(BalloonSpec.Kind.STUCK, 0);
      case LOWER_LIMIT -> driver.of(BalloonSpec.Kind.LOWER_LIMIT, kib);
      case UPPER_LIMIT -> driver.of(BalloonSpec.Kind.UPPER_LIMIT, kib);
      case INTERMITTENT -> driver.of(BalloonSpec.Kind.INTERMITTENT, seconds);
      case DELAYED -> driver.of(BalloonSpec.Kind.DELAYED, seconds);
    };
  }

  private static long kib(long bytes) {
    return (bytes + KIB - 1) / KIB;
  }

  // --- Promises --------------------------------------------------------------------------------

  ToolstackVersion version() {
    return spec.version();
  }

  /** Returns the memory that is promised to nobody; negative if Xen and dom0 leave none. */
  long uncommittedBytes() {
    return (spec.totalKib() - spec.xenKib() - spec.dom0Kib() - committedKib) * KIB;
  }

  /** Returns what can still be promised to VMs: squeezed keeps a reserve. */
  long availableBytes() {
    return Math.max(0, uncommittedBytes() - memory.squeezed().hostReservedKib() * KIB);
  }

  double committedFraction() {
    return 1 - (double) uncommittedBytes() / KIB / spec.totalKib();
  }

  void commit(PoolVm vm) {
    committedKib += vm.promisedKib(version());
  }

  /** Returns whether a VM that is here can be promised so much more; less it always can. */
  boolean canPromise(long moreKib) {
    return moreKib <= 0 || moreKib * KIB <= availableBytes();
  }

  void release(PoolVm vm) {
    committedKib -= vm.promisedKib(version());
  }

  // --- What the domains have -------------------------------------------------------------------

  HostMemory memory() {
    return memory;
  }

  long freeBytes() {
    return memory.freeKib() * KIB;
  }

  /** Returns the part of the memory that somebody has or that is still to be scrubbed. */
  double usedFraction() {
    return 1 - (double) (memory.freeKib() - memory.dirtyKib()) / spec.totalKib();
  }

  /** Returns the part of the memory that is neither free nor can be given back by balloons. */
  double neededFraction() {
    long leftKib = memory.freeKib() - memory.dirtyKib() + memory.reclaimableKib();
    return 1 - (double) leftKib / spec.totalKib();
  }

  /** Returns what squeezed has taken from the VMs, as a part of the host's memory. */
  double reclaimedFraction() {
    return (double) memory.reclaimedKib() / spec.totalKib();
  }

  int nextDomid() {
    return nextDomid++;
  }

  /** Describes a VM that is about to start. */
  VmMemory starting(PoolVm vm, VmMemoryListener listener) {
    return memory.vm(vm.owner(), vm.memorySpec(), listener);
  }

  /**
   * Gives VMs that run at time 0 what a balance would have left them with: squeezed's law over all
   * of them.
   *
   * @param placed those of this host, in the order in which they become domains
   */
  void share(Set<PoolVm> placed) {
    long surplusKib = availableBytes() / KIB;
    long rangesKib = 0;
    List<VmMemorySpec> specs = new ArrayList<>();
    for (PoolVm vm : placed) {
      VmMemorySpec wanted = vm.memorySpec();
      specs.add(wanted);
      rangesKib += rangeKib(wanted);
      if (rangeKib(wanted) > 0) {
        // What squeezed never counts on getting from a balloon.
        surplusKib -= HELD_BACK_KIB;
      }
    }
    double gamma = rangesKib == 0 ? 0 : Math.max(0, Math.min(1, (double) surplusKib / rangesKib));
    int at = 0;
    for (PoolVm vm : placed) {
      VmMemorySpec wanted = specs.get(at++);
      long kib = wanted.limits().dynamicMinKib() + (long) (gamma * rangeKib(wanted));
      if (wanted.balloon().kind() == BalloonSpec.Kind.UPPER_LIMIT) {
        kib = Math.max(wanted.limits().dynamicMinKib(), Math.min(kib, limitKib(wanted)));
      }
      vm.adopt(memory.runningVm(vm.owner(), wanted, nextDomid(), kib, vm.memoryListener()));
    }
  }

  private static long limitKib(VmMemorySpec vm) {
    return (long) vm.balloon().param();
  }

  private static long rangeKib(VmMemorySpec vm) {
    return vm.limits().dynamicMaxKib() - vm.limits().dynamicMinKib();
  }

  void crash() {
    memory.crash();
  }

  /** Checks that every KiB is in one place, and that the promises are those of the placed VMs. */
  void audit(String host, Set<PoolVm> placed) {
    try {
      memory.audit();
    } catch (IllegalStateException e) {
      throw new IllegalStateException("memory of host " + host + ": " + e.getMessage(), e);
    }
    long promisedKib = 0;
    for (PoolVm vm : placed) {
      promisedKib += vm.promisedKib(version());
    }
    if (promisedKib != committedKib) {
      throw new IllegalStateException(
          "memory of host "
              + host
              + ": its VMs are promised "
              + promisedKib
              + " KiB, but "
              + committedKib
              + " are committed");
    }
    if (uncommittedBytes() < 0) {
      throw new IllegalStateException(
          "memory of host " + host + ": " + -uncommittedBytes() + " bytes too much are promised");
    }
  }
}
