// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.poolsim.memory.BalloonSpec;
import org.poolsim.pool.spec.BalloonDriverSpec;
import org.poolsim.pool.spec.BalloonDriverSpec.Fault;
import org.poolsim.pool.spec.BootSpec;
import org.poolsim.pool.spec.MemorySpec;
import org.poolsim.pool.spec.PowerState;
import org.poolsim.pool.spec.RealTimeSpec;
import org.poolsim.pool.spec.StartSpec;
import org.poolsim.pool.spec.VbdSpec;
import org.poolsim.pool.spec.VdiSpec;
import org.poolsim.pool.spec.VifSpec;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.pool.spec.WorkingSetSpec;
import org.poolsim.scenarios.language.Balloon;
import org.poolsim.scenarios.language.Disk;
import org.poolsim.scenarios.language.Image;
import org.poolsim.scenarios.language.Vif;
import org.poolsim.scenarios.language.Vm;
import org.poolsim.scenarios.language.VmMemory;
import org.poolsim.scenarios.language.WorkingSet;
import org.poolsim.scenarios.yaml.Span;

/** VMs and their images as those of the pool, with what they leave out. */
final class VmAssembly {
  private static final int LETTERS = 26;

  private VmAssembly() {}

  /** Returns the device of the index-th disk: xvda to xvdz, then xvdaa. */
  static String device(int index) {
    String last = String.valueOf((char) ('a' + index % LETTERS));
    return index < LETTERS ? "xvd" + last : "xvd" + (char) ('a' + index / LETTERS - 1) + last;
  }

  /** Returns the devices of a VM's disks. */
  static Set<String> devices(Vm vm) {
    Set<String> devices = new LinkedHashSet<>();
    for (int i = 0; i < vm.disks().size(); i++) {
      Disk disk = vm.disks().get(i);
      devices.add(disk.device() == null ? device(i) : disk.device());
    }
    return devices;
  }

  /** Returns whether a VM runs at time 0. */
  static boolean runs(Vm vm) {
    return vm.powerState() == PowerState.RUNNING || (vm.powerState() == null && vm.start() == null);
  }

  /** Returns the images of a pool with those that only {@code clone_of} names. */
  static List<Image> images(List<Image> declared, Map<String, Disk> implicit) {
    List<Image> images = new ArrayList<>(declared == null ? List.of() : declared);
    implicit.forEach(
        (name, disk) -> images.add(new Image(name, null, disk.sr(), disk.size(), null)));
    return images;
  }

  /**
   * Returns the VMs with everything that they leave out.
   *
   * @param images by name, implicit ones too
   */
  static List<Vm> resolved(List<Vm> vms, Map<String, Image> images, Inventory inventory) {
    Map<String, Disk> own = new LinkedHashMap<>();
    for (Vm vm : vms) {
      for (Disk disk : vm.disks()) {
        if (disk.name() != null && disk.sr() != null) {
          inventory.names(disk.name()).forEach(name -> own.putIfAbsent(name, disk));
        }
      }
    }
    return vms.stream().map(vm -> resolved(vm, images, own, inventory)).toList();
  }

  private static Vm resolved(
      Vm vm, Map<String, Image> images, Map<String, Disk> own, Inventory inventory) {
    List<Disk> disks = new ArrayList<>();
    for (int i = 0; i < vm.disks().size(); i++) {
      disks.add(resolved(vm, vm.disks().get(i), i, images, own, inventory));
    }
    List<Vif> vifs = new ArrayList<>();
    for (Vif vif : vm.vifs()) {
      Integer device = vif.device() == null ? Integer.valueOf(vifs.size()) : vif.device();
      vifs.add(new Vif(vif.network(), device, vif.mac(), vif.limit()));
    }
    VmMemory memory = vm.memory();
    Span dynamic =
        memory.dynamic() != null
            ? memory.dynamic()
            : new Span(memory.staticMax(), memory.staticMax());
    Long staticMin =
        memory.staticMin() != null ? memory.staticMin() : Long.valueOf(dynamic.lowWhole());
    return new Vm(
        vm.name(),
        null,
        vm.uuid(),
        vm.type(),
        vm.vcpus(),
        new VmMemory(
            memory.staticMax(),
            dynamic,
            staticMin,
            resolved(memory.balloon()),
            memory.workingSet()),
        vm.weight(),
        vm.cap(),
        vm.affinity(),
        vm.softAffinity(),
        vm.rtds(),
        disks,
        vifs,
        vm.host(),
        vm.start(),
        runs(vm) ? PowerState.RUNNING : PowerState.HALTED,
        vm.boot(),
        vm.workload(),
        vm.perfmon());
  }

  private static Balloon resolved(Balloon balloon) {
    Long rate = balloon.rate();
    if (rate == null && balloon.driver() != BalloonDriverSpec.Guest.NONE) {
      BalloonSpec own =
          balloon.driver() == BalloonDriverSpec.Guest.WINDOWS
              ? BalloonSpec.windows()
              : BalloonSpec.linux();
      rate = (long) (own.kibPerSecond() * 1024);
    }
    return new Balloon(
        balloon.driver(),
        rate,
        balloon.booting(),
        balloon.stuck(),
        balloon.neverBelow(),
        balloon.neverAbove(),
        balloon.rests(),
        balloon.idleUntil());
  }

  private static BalloonDriverSpec spec(Balloon balloon) {
    Fault fault = Fault.NONE;
    long param = 0;
    if (balloon.stuck()) {
      fault = Fault.STUCK;
    } else if (balloon.neverBelow() != null) {
      fault = Fault.LOWER_LIMIT;
      param = balloon.neverBelow();
    } else if (balloon.neverAbove() != null) {
      fault = Fault.UPPER_LIMIT;
      param = balloon.neverAbove();
    } else if (balloon.rests() != null) {
      fault = Fault.INTERMITTENT;
      param = balloon.rests();
    } else if (balloon.idleUntil() != null) {
      fault = Fault.DELAYED;
      param = balloon.idleUntil();
    }
    return new BalloonDriverSpec(
        balloon.driver(),
        balloon.rate() == null ? 0 : balloon.rate(),
        fault,
        param,
        balloon.booting() == null ? -1 : balloon.booting());
  }

  private static MemorySpec memory(VmMemory memory) {
    return new MemorySpec(
        memory.staticMin(),
        memory.dynamic().lowWhole(),
        memory.dynamic().highWhole(),
        memory.staticMax(),
        spec(memory.balloon()),
        spec(memory.workingSet()));
  }

  private static WorkingSetSpec spec(WorkingSet set) {
    return set == null
        ? null
        : new WorkingSetSpec(
            set.size(),
            set.base(),
            set.cache(),
            set.touches(),
            set.skew(),
            set.dirty(),
            set.swapLatency());
  }

  private static Disk resolved(
      Vm vm,
      Disk disk,
      int index,
      Map<String, Image> images,
      Map<String, Disk> own,
      Inventory inventory) {
    String device = disk.device() != null ? disk.device() : device(index);
    String name = disk.name() != null ? disk.name() : vm.name() + "-" + device;
    Image shared = images.get(inventory.walk(name, 0));
    Disk other = own.get(inventory.walk(name, 0));
    Image original = disk.cloneOf() == null ? null : images.get(inventory.walk(disk.cloneOf(), 0));
    String sr = disk.sr();
    Long size = disk.size();
    if (sr == null) {
      sr = shared != null ? shared.sr() : other != null ? other.sr() : original.sr();
    }
    if (size == null) {
      size =
          shared != null
              ? Long.valueOf(shared.size())
              : other != null && other.size() != null ? other.size() : size(original);
    }
    return new Disk(name, sr, size, device, disk.mode(), disk.cloneOf());
  }

  private static Long size(Image original) {
    return original == null ? Long.valueOf(0) : Long.valueOf(original.size());
  }

  /** Returns every image: those of the pool and those of the VMs' disks. */
  static List<VdiSpec> vdis(List<Image> images, List<Vm> vms, Inventory inventory) {
    Map<String, VdiSpec> vdis = new LinkedHashMap<>();
    for (Image image : images) {
      List<String> names = inventory.names(image.name());
      for (int i = 0; i < names.size(); i++) {
        String cloneOf = inventory.walk(image.cloneOf(), i);
        vdis.putIfAbsent(
            names.get(i),
            new VdiSpec(names.get(i), image.uuid(), image.sr(), image.size(), cloneOf));
      }
    }
    for (Vm vm : vms) {
      int count = inventory.names(vm.name()).size();
      for (Disk disk : vm.disks()) {
        for (int i = 0; i < count; i++) {
          String name = inventory.walk(disk.name(), i);
          vdis.putIfAbsent(
              name,
              new VdiSpec(name, null, disk.sr(), disk.size(), inventory.walk(disk.cloneOf(), i)));
        }
      }
    }
    return List.copyOf(vdis.values());
  }

  static List<VmSpec> vms(List<Vm> vms, WorkloadAssembly workloads, Inventory inventory) {
    List<VmSpec> specs = new ArrayList<>();
    for (Vm vm : vms) {
      List<String> names = inventory.names(vm.name());
      MemorySpec memory = memory(vm.memory());
      for (int i = 0; i < names.size(); i++) {
        specs.add(vm(vm, names.get(i), i, memory, workloads, inventory));
      }
    }
    return specs;
  }

  private static VmSpec vm(
      Vm vm,
      String name,
      int index,
      MemorySpec memory,
      WorkloadAssembly workloads,
      Inventory inventory) {
    return new VmSpec(
        name,
        vm.uuid(),
        vm.type(),
        vm.vcpus(),
        vm.weight(),
        vm.cap() == null ? 0 : (int) Math.round(vm.cap() * 100),
        Masks.parseAll(vm.affinity()),
        Masks.parseAll(vm.softAffinity()),
        vm.rtds() == null
            ? null
            : new RealTimeSpec(vm.rtds().period(), vm.rtds().budget(), vm.rtds().extratime()),
        memory,
        vm.disks().stream()
            .map(
                disk -> new VbdSpec(disk.device(), inventory.walk(disk.name(), index), disk.mode()))
            .toList(),
        vm.vifs().stream()
            .map(
                vif ->
                    new VifSpec(
                        vif.device(),
                        vif.network(),
                        vif.mac(),
                        vif.limit() == null ? 0 : vif.limit()))
            .toList(),
        inventory.walk(vm.host(), index),
        vm.start() == null ? null : new StartSpec(vm.start().at(), vm.start().spread()),
        vm.powerState(),
        new BootSpec(vm.boot().cpu(), vm.boot().reads(), vm.boot().readSize()),
        workloads.of(vm.workload(), index));
  }
}
