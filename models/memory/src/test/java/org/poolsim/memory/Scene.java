// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.ArrayList;
import java.util.List;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSource;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Owner;

/** A host of which every KiB not given to Xen is there for VMs, and what is said about its VMs. */
final class Scene implements VmMemoryListener {
  static final long MIB = 1024;
  static final long GIB = 1024 * MIB;
  static final long SECOND = 1_000_000_000L;

  final Simulator simulator = new Simulator();
  final DataSources sources = new DataSources();
  final HostMemory host;
  final List<String> told = new ArrayList<>();
  final List<MemoryRefusal> refusals = new ArrayList<>();
  private final List<DataSource> all = new ArrayList<>();
  private int nextDomid = 1;

  Scene(HostMemorySpec spec) {
    sources.subscribe(
        new DataSources.Subscriber() {
          @Override
          public void added(DataSource source) {
            all.add(source);
          }

          @Override
          public void removed(Owner owner, List<DataSource> removed) {
            all.removeAll(removed);
          }
        });
    host =
        new HostMemory(
            simulator,
            sources,
            new Owner(Owner.Kind.HOST, "h", "host"),
            new Owner(Owner.Kind.VM, "d", "dom0"),
            spec);
  }

  static HostMemorySpec hostOf(long guestKib) {
    return HostMemorySpec.installed(guestKib + GIB, NumaTopology.uniform(16, 8))
        .withOwn(128 * MIB, GIB - 128 * MIB);
  }

  static VmMemorySpec ranging(long minKib, long maxKib) {
    return VmMemorySpec.hvm(MemoryLimits.dynamic(minKib, maxKib, maxKib), 1);
  }

  VmMemory running(String name, VmMemorySpec spec, long kib) {
    return host.runningVm(owner(name), spec, nextDomid++, kib);
  }

  /** A VM that is built as soon as it is admitted and whose driver is up as soon as it is built. */
  VmMemory starting(String name, VmMemorySpec spec) {
    VmMemory vm = host.vm(owner(name), spec, this);
    vm.reserve();
    return vm;
  }

  static Owner owner(String name) {
    return new Owner(Owner.Kind.VM, name, name);
  }

  void runTo(double seconds) {
    long end = Math.round(seconds * SECOND);
    while (simulator.pending() > 0 && simulator.nowNanos() <= end) {
      simulator.runUntil(Math.min(end, simulator.nowNanos() + SECOND / 10));
      host.audit();
      if (simulator.nowNanos() == end) {
        break;
      }
    }
    simulator.runUntil(end);
  }

  double value(String owner, String name) {
    return all.stream()
        .filter(source -> source.description().owner().name().equals(owner))
        .filter(source -> source.description().name().equals(name))
        .findFirst()
        .orElseThrow()
        .value(simulator.nowNanos());
  }

  double nowSeconds() {
    return (double) simulator.nowNanos() / SECOND;
  }

  @Override
  public void admitted(VmMemory vm) {
    told.add(vm.owner().name() + " admitted");
    vm.build(nextDomid++);
  }

  @Override
  public void built(VmMemory vm) {
    told.add(vm.owner().name() + " built");
    vm.balloonReady();
  }

  @Override
  public void refused(VmMemory vm, MemoryRefusal why) {
    told.add(vm.owner().name() + " refused");
    refusals.add(why);
  }
}
