// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.memory.ToolstackVersion;
import org.poolsim.memory.VmMemorySpec;
import org.poolsim.pool.spec.DomainType;
import org.poolsim.pool.spec.MemorySpec;
import org.poolsim.pool.spec.VmSpec;

/** The memory that VMs of one kind want; one for all VMs that are alike in it. */
final class MemoryNeed {
  private static final long KIB = 1024;

  private final VmMemorySpec spec;
  private ToolstackVersion reckonedFor;
  private long requiredBytes;
  private long promisedKib;

  /** What VMs that are alike have in common. */
  record Kind(DomainType type, MemorySpec memory, int vcpus, boolean hardAffinity) {
    static Kind of(VmSpec vm, MemorySpec memory) {
      return new Kind(vm.type(), memory, vm.vcpus(), !vm.affinity().isEmpty());
    }
  }

  MemoryNeed(VmMemorySpec spec) {
    this.spec = spec;
  }

  VmMemorySpec spec() {
    return spec;
  }

  /** Returns what xapi wants to be available before it places such a VM. */
  long requiredBytes(ToolstackVersion version) {
    reckon(version);
    return requiredBytes;
  }

  /** Returns what xapi promises such a VM: dynamic_min and overhead. */
  long promisedKib(ToolstackVersion version) {
    reckon(version);
    return promisedKib;
  }

  /** Hosts of one pool hardly differ in their version. */
  private void reckon(ToolstackVersion version) {
    if (version != reckonedFor) {
      reckonedFor = version;
      requiredBytes = spec.requiredForStartKib(version) * KIB;
      promisedKib = spec.limits().dynamicMinKib() + spec.overheadKib(version);
    }
  }
}
