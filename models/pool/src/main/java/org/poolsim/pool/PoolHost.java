// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.poolsim.cpu.CpuDataSources;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.DomainSpec;
import org.poolsim.cpu.HostCpu;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Owner;
import org.poolsim.memory.HostMemory;
import org.poolsim.memory.MemoryRefusal;
import org.poolsim.network.BondMode;
import org.poolsim.network.HostNetwork;
import org.poolsim.network.NetworkCosts;
import org.poolsim.pool.spec.BondSpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.NetworkBackend;
import org.poolsim.pool.spec.PifSpec;
import org.poolsim.pool.spec.VlanSpec;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.storage.HostStorage;
import org.poolsim.storage.StorageCosts;

/** A host of a running pool. */
public final class PoolHost {
  private final HostSpec spec;
  private final Owner owner;
  private final Owner dom0Owner;
  private final DataSources sources;
  private final HostCpu cpu;
  private final CpuDomain dom0;
  private final CpuDataSources cpuSources;
  private final HostMemoryAccount memory;
  private final HostStore store;
  private final BackendAccount storeCpu = new BackendAccount();
  private final HostStorage storage;
  private final HostNetwork network;
  private final Xenopsd xenopsd;
  private final double cpuScale;
  private final Set<PoolVm> vms = new LinkedHashSet<>();
  private final BackendAccount diskCpu = new BackendAccount();
  private final BackendAccount packetCpu = new BackendAccount();
  private int placedVcpus;
  private boolean up = true;

  PoolHost(
      Simulator simulator,
      HostSpec spec,
      Owner owner,
      Owner dom0Owner,
      DataSources sources,
      HostCpu cpu,
      NetworkBackend backend,
      int workers,
      long referenceClockHertz) {
    this.spec = spec;
    this.owner = owner;
    this.dom0Owner = dom0Owner;
    this.sources = sources;
    this.cpu = cpu;
    cpuScale =
        referenceClockHertz == 0 ? 1 : (double) referenceClockHertz / spec.cpu().clockHertz();
    dom0 =
        cpu.createDomain(
            new DomainSpec(
                "dom0 of " + spec.name(),
                spec.dom0().vcpus(),
                spec.dom0().weight(),
                0,
                null,
                null));
    cpuSources = CpuDataSources.register(simulator, sources, owner, cpu, dom0);
    cpuSources.registerDomain(dom0Owner, dom0);
    memory = new HostMemoryAccount(simulator, spec, sources, owner, dom0Owner);
    store = new HostStore(simulator, spec.dom0().xenstored(), dom0, storeCpu);
    storage =
        new HostStorage(
            simulator,
            sources,
            owner,
            listener -> new Dom0Worker(dom0, diskCpu, listener::completed),
            StorageCosts.DEFAULT);
    network =
        new HostNetwork(
            simulator,
            sources,
            owner,
            listener -> new Dom0Worker(dom0, packetCpu, listener::completed),
            backend == NetworkBackend.OPENVSWITCH ? NetworkCosts.OPENVSWITCH : NetworkCosts.BRIDGE);
    for (PifSpec pif : spec.pifs()) {
      network.addPif(pif.device(), pif.speedBitsPerSecond());
      if (pif.network() != null) {
        network.connect(pif.network(), pif.device());
      }
    }
    for (BondSpec bond : spec.bonds()) {
      network.addBond(bond.name(), bond.members(), mode(bond.mode()));
      if (bond.network() != null) {
        network.connect(bond.network(), bond.name());
      }
    }
    for (VlanSpec vlan : spec.vlans()) {
      network.connect(vlan.network(), vlan.on());
    }
    xenopsd = new Xenopsd(workers);
  }

  /** Returns why a VM gets no memory, for people. */
  String because(MemoryRefusal why) {
    String free = (Math.max(0, why.freeKib()) >> 10) + " MiB are free";
    String needed = "it needs " + (why.neededKib() >> 10) + " MiB and " + free;
    return switch (why.reason()) {
      case CANNOT_FREE_THIS_MUCH_MEMORY -> needed + ", nobody can give the rest";
      case VMS_FAILED_TO_COOPERATE -> needed + ", blamed: " + names(why.blamedDomids());
      case NOT_ENOUGH_MEMORY -> needed + " when it is built";
    };
  }

  private String names(List<Integer> domids) {
    List<String> names = new ArrayList<>();
    for (int domid : domids) {
      for (PoolVm vm : vms) {
        if (vm.memory() != null && vm.memory().domid() == domid) {
          names.add(vm.name());
        }
      }
    }
    return String.join(", ", names);
  }

  private static BondMode mode(BondSpec.BondMode mode) {
    return switch (mode) {
      case BALANCE_SLB -> BondMode.BALANCE_SLB;
      case ACTIVE_BACKUP -> BondMode.ACTIVE_BACKUP;
      case LACP -> BondMode.LACP;
    };
  }

  /** Returns the name. */
  public String name() {
    return spec.name();
  }

  /** Returns what it was made from. */
  public HostSpec spec() {
    return spec;
  }

  /** Returns the host as the owner of its data sources. */
  public Owner owner() {
    return owner;
  }

  /** Returns its control domain as the owner of that VM's data sources. */
  public Owner dom0Owner() {
    return dom0Owner;
  }

  /** Returns the pCPUs. */
  public HostCpu cpu() {
    return cpu;
  }

  /** Returns the control domain. */
  public CpuDomain dom0() {
    return dom0;
  }

  /** Returns the network side. */
  public HostNetwork network() {
    return network;
  }

  /** Returns whether it has not crashed. */
  public boolean isUp() {
    return up;
  }

  /** Returns the VMs placed here, starting ones among them. */
  public Set<PoolVm> vms() {
    return Collections.unmodifiableSet(vms);
  }

  /** Returns the memory that nobody has, pages still to be scrubbed included. */
  public long freeMemoryBytes() {
    return memory.freeBytes();
  }

  /** Returns who has the host's memory, and the daemon that shares it out. */
  public HostMemory hostMemory() {
    return memory.memory();
  }

  /** Returns the CPU time that dom0 has spent on the VMs' disks, in nanoseconds. */
  public long diskCpuNanos() {
    return diskCpu.nanos();
  }

  /** Returns the CPU time that dom0 has spent on the VMs' packets, in nanoseconds. */
  public long packetCpuNanos() {
    return packetCpu.nanos();
  }

  /** Returns the CPU time that dom0 has spent on xenstored, in nanoseconds. */
  public long storeCpuNanos() {
    return storeCpu.nanos();
  }

  CpuDataSources cpuSources() {
    return cpuSources;
  }

  HostMemoryAccount memory() {
    return memory;
  }

  HostStore store() {
    return store;
  }

  HostStorage storage() {
    return storage;
  }

  Xenopsd xenopsd() {
    return xenopsd;
  }

  /** Returns the factor from CPU time at the reference clock to CPU time here. */
  double cpuScale() {
    return cpuScale;
  }

  /** Returns the vCPUs of the VMs placed here; the placement asks at every tie. */
  int placedVcpus() {
    return placedVcpus;
  }

  void place(PoolVm vm) {
    vms.add(vm);
    placedVcpus += vm.spec().vcpus();
    memory.commit(vm);
  }

  void leave(PoolVm vm) {
    if (vms.remove(vm)) {
      placedVcpus -= vm.spec().vcpus();
      memory.release(vm);
    }
  }

  CpuDomain createDomain(PoolVm vm) {
    VmSpec wanted = vm.spec();
    CpuDomain domain =
        cpu.createDomain(
            new DomainSpec(
                vm.name(),
                wanted.vcpus(),
                wanted.weight(),
                wanted.capPercent(),
                hard(vm, 0),
                soft(vm, 0)));
    int masks = Math.max(wanted.affinity().size(), wanted.softAffinity().size());
    for (int vcpu = 1; vcpu < Math.min(wanted.vcpus(), masks); vcpu++) {
      domain.setAffinity(vcpu, hard(vm, vcpu), soft(vm, vcpu));
    }
    if (wanted.realTime() != null && spec.cpu().scheduler().equals("rtds")) {
      domain.setRealTime(
          wanted.realTime().periodNanos(),
          wanted.realTime().budgetNanos(),
          wanted.realTime().extratime());
    }
    return domain;
  }

  /** A VM without hard affinity of its own has what the NUMA planner bound it to. */
  private BitSet hard(PoolVm vm, int vcpu) {
    BitSet own = mask(vm.spec().affinity(), vcpu);
    return own != null ? own : vm.memory().hardAffinity();
  }

  /** A VM without soft affinity of its own has what the NUMA planner chose. */
  private BitSet soft(PoolVm vm, int vcpu) {
    BitSet own = mask(vm.spec().softAffinity(), vcpu);
    return own != null ? own : vm.memory().softAffinity();
  }

  /** Sets masks that {@link #refusal} has nothing against. */
  void setAffinity(CpuDomain domain, List<List<Integer>> hard, List<List<Integer>> soft) {
    for (int vcpu = 0; vcpu < domain.vcpus(); vcpu++) {
      domain.setAffinity(vcpu, mask(hard, vcpu), mask(soft, vcpu));
    }
  }

  /**
   * Returns why vCPUs cannot have masks as their hard affinity here, as the hypervisor refuses one
   * without a pCPU of the host; {@code null} if they can.
   */
  String refusal(List<List<Integer>> hard, int vcpus) {
    for (int vcpu = 0; vcpu < Math.min(vcpus, hard.size()); vcpu++) {
      BitSet mask = mask(hard, vcpu);
      if (mask == null || !cpu.mayRunOn(mask)) {
        return "it may run on none of the pCPUs " + hard.get(vcpu) + " there";
      }
    }
    return null;
  }

  /**
   * Returns the mask of a vCPU; the first one is that of every vCPU beyond the list. The toolstack
   * leaves out pCPUs that the host does not have; {@code null} if none is left.
   */
  private BitSet mask(List<List<Integer>> masks, int vcpu) {
    if (masks.isEmpty()) {
      return null;
    }
    BitSet mask = new BitSet();
    for (int pcpu : masks.get(vcpu < masks.size() ? vcpu : 0)) {
      if (pcpu < cpu.pcpus()) {
        mask.set(pcpu);
      }
    }
    return mask.isEmpty() ? null : mask;
  }

  void crash() {
    up = false;
    memory.crash();
    store.crash();
    cpu.destroyDomain(dom0);
    sources.remove(dom0Owner);
    sources.remove(owner);
  }

  void audit() {
    if (up) {
      cpu.audit();
    }
    memory.audit(name(), vms);
    int vcpus = 0;
    for (PoolVm vm : vms) {
      vcpus += vm.spec().vcpus();
    }
    if (vcpus != placedVcpus) {
      throw new IllegalStateException(
          "host " + name() + ": its VMs have " + vcpus + " vCPUs, it counts " + placedVcpus);
    }
  }
}
