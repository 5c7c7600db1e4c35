// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.poolsim.pool.spec.FaultSpec;
import org.poolsim.scenarios.language.Fault;
import org.poolsim.scenarios.language.Vm;
import org.poolsim.scenarios.language.VmMemory;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Places;

/** Faults: checked, and as those of the pool. */
final class FaultAssembly {
  private FaultAssembly() {}

  static void check(
      List<Fault> faults,
      HostChecks references,
      VmChecks vms,
      Inventory inventory,
      Places places,
      Mistakes mistakes) {
    for (Fault fault : faults) {
      if (fault instanceof Fault.HostCrash crash) {
        references.reference(crash, "host", crash.host(), inventory.hosts.keySet(), "host");
      } else if (fault instanceof Fault.VmCrash crash) {
        references.reference(crash, "vm", crash.vm(), inventory.vms.keySet(), "VM");
      } else if (fault instanceof Fault.VmShutdown shutdown) {
        references.reference(shutdown, "vm", shutdown.vm(), inventory.vms.keySet(), "VM");
      } else if (fault instanceof Fault.VmStart start) {
        references.reference(start, "vm", start.vm(), inventory.vms.keySet(), "VM");
      } else if (fault instanceof Fault.VmWeight change) {
        references.reference(change, "vm", change.vm(), inventory.vms.keySet(), "VM");
      } else if (fault instanceof Fault.VmCap change) {
        references.reference(change, "vm", change.vm(), inventory.vms.keySet(), "VM");
        cap(change, inventory, vms, places, mistakes);
      } else if (fault instanceof Fault.VmMemoryRange change) {
        references.reference(change, "vm", change.vm(), inventory.vms.keySet(), "VM");
        range(change, inventory, places, mistakes);
      } else if (fault instanceof Fault.VmAffinity change) {
        references.reference(change, "vm", change.vm(), inventory.vms.keySet(), "VM");
        for (Vm vm : vms(change.vm(), inventory)) {
          vms.affinity(change, "affinity", change.affinity(), vm);
          vms.affinity(change, "soft_affinity", change.softAffinity(), vm);
        }
      }
    }
  }

  /** Returns the different entries that a name or pattern stands for. */
  private static Set<Vm> vms(String name, Inventory inventory) {
    Set<Vm> vms = new LinkedHashSet<>();
    if (name != null) {
      for (String one : inventory.names(name)) {
        if (inventory.vms.get(one) != null) {
          vms.add(inventory.vms.get(one));
        }
      }
    }
    return vms;
  }

  private static void cap(
      Fault.VmCap change, Inventory inventory, VmChecks checks, Places places, Mistakes mistakes) {
    if (!places.sound(change, "cap")) {
      return;
    }
    if (Math.abs(change.cap() * 100 - Math.rint(change.cap() * 100)) > 1e-9) {
      mistakes.add(places.of(change, "cap"), "cap: Xen knows whole percents only");
    }
    for (Vm vm : vms(change.vm(), inventory)) {
      String tooMuch = vm.vcpus() > 0 ? checks.tooMuch(change.cap(), vm) : null;
      if (tooMuch != null) {
        mistakes.add(places.of(change, "cap"), tooMuch);
        return;
      }
    }
  }

  private static void range(
      Fault.VmMemoryRange change, Inventory inventory, Places places, Mistakes mistakes) {
    if (change.dynamic() == null || !places.sound(change, "dynamic")) {
      return;
    }
    for (Vm vm : vms(change.vm(), inventory)) {
      VmMemory memory = vm.memory();
      if (memory == null
          || !places.sound(memory, "static_max")
          || !places.sound(memory, "dynamic")
          || !places.sound(memory, "static_min")) {
        continue;
      }
      long most = memory.staticMax();
      long dynamicLow = memory.dynamic() == null ? most : memory.dynamic().lowWhole();
      long least = memory.staticMin() == null ? dynamicLow : memory.staticMin();
      if (change.dynamic().lowWhole() < least || change.dynamic().highWhole() > most) {
        mistakes.add(
            places.of(change, "dynamic"),
            "dynamic: expected from static_min, "
                + Units.size(least)
                + ", to static_max, "
                + Units.size(most)
                + ", of the VM");
        return;
      }
    }
  }

  static List<FaultSpec> specs(List<Fault> faults, Inventory inventory) {
    List<FaultSpec> specs = new ArrayList<>();
    for (Fault fault : faults) {
      if (fault instanceof Fault.HostCrash crash) {
        inventory
            .names(crash.host())
            .forEach(h -> specs.add(new FaultSpec.HostCrash(crash.at(), h)));
      } else if (fault instanceof Fault.VmCrash crash) {
        inventory.names(crash.vm()).forEach(v -> specs.add(new FaultSpec.VmCrash(crash.at(), v)));
      } else if (fault instanceof Fault.VmShutdown shutdown) {
        inventory
            .names(shutdown.vm())
            .forEach(v -> specs.add(new FaultSpec.VmShutdown(shutdown.at(), v)));
      } else if (fault instanceof Fault.VmStart start) {
        inventory.names(start.vm()).forEach(v -> specs.add(new FaultSpec.VmStart(start.at(), v)));
      } else if (fault instanceof Fault.VmWeight change) {
        inventory
            .names(change.vm())
            .forEach(v -> specs.add(new FaultSpec.VmWeight(change.at(), v, change.weight())));
      } else if (fault instanceof Fault.VmCap change) {
        int percent = (int) Math.round(change.cap() * 100);
        inventory
            .names(change.vm())
            .forEach(v -> specs.add(new FaultSpec.VmCap(change.at(), v, percent)));
      } else if (fault instanceof Fault.VmMemoryRange change) {
        long low = change.dynamic().lowWhole();
        long high = change.dynamic().highWhole();
        inventory
            .names(change.vm())
            .forEach(v -> specs.add(new FaultSpec.VmDynamicRange(change.at(), v, low, high)));
      } else if (fault instanceof Fault.VmAffinity change) {
        List<List<Integer>> hard = Masks.parseAll(change.affinity());
        List<List<Integer>> soft = Masks.parseAll(change.softAffinity());
        inventory
            .names(change.vm())
            .forEach(v -> specs.add(new FaultSpec.VmAffinity(change.at(), v, hard, soft)));
      }
    }
    return specs;
  }
}
