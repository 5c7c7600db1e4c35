// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.ArrayList;
import java.util.List;
import org.poolsim.pool.spec.FaultSpec;
import org.poolsim.scenarios.language.Fault;

/** Faults: checked, and as those of the pool. */
final class FaultAssembly {
  private FaultAssembly() {}

  static void check(List<Fault> faults, HostChecks references, Inventory inventory) {
    for (Fault fault : faults) {
      if (fault instanceof Fault.HostCrash crash) {
        references.reference(crash, "host", crash.host(), inventory.hosts.keySet(), "host");
      } else if (fault instanceof Fault.VmCrash crash) {
        references.reference(crash, "vm", crash.vm(), inventory.vms.keySet(), "VM");
      } else if (fault instanceof Fault.VmShutdown shutdown) {
        references.reference(shutdown, "vm", shutdown.vm(), inventory.vms.keySet(), "VM");
      } else if (fault instanceof Fault.VmStart start) {
        references.reference(start, "vm", start.vm(), inventory.vms.keySet(), "VM");
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
      }
    }
    return specs;
  }
}
