// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.List;

/** Something that is done to the pool at a given time. */
public sealed interface FaultSpec {
  /** Returns when, in nanoseconds since the start of the run. */
  long atNanos();

  /** The host loses power and stays off; its VMs are halted where they stand. */
  record HostCrash(long atNanos, String host) implements FaultSpec {
    public HostCrash {
      Require.notNegative(atNanos, "time of a host crash in ns");
      Require.name(host, "the host that crashes");
    }
  }

  /** The VM's domain dies at once and stays halted. Nothing happens if it is halted. */
  record VmCrash(long atNanos, String vm) implements FaultSpec {
    public VmCrash {
      Require.notNegative(atNanos, "time of a VM crash in ns");
      Require.name(vm, "the VM that crashes");
    }
  }

  /** The VM is shut down cleanly. Nothing happens if it does not run. */
  record VmShutdown(long atNanos, String vm) implements FaultSpec {
    public VmShutdown {
      Require.notNegative(atNanos, "time of a VM shutdown in ns");
      Require.name(vm, "the VM that is shut down");
    }
  }

  /**
   * The VM is started, placed anew unless it has a host of its own. Nothing happens if it is not
   * halted.
   */
  record VmStart(long atNanos, String vm) implements FaultSpec {
    public VmStart {
      Require.notNegative(atNanos, "time of a VM start in ns");
      Require.name(vm, "the VM that is started");
    }
  }

  /**
   * The running domain of a VM gets another weight. Nothing happens if the VM has no domain; one
   * that is started later has the VM's own weight.
   */
  record VmWeight(long atNanos, String vm, int weight) implements FaultSpec {
    public VmWeight {
      Require.notNegative(atNanos, "time of a change of weight in ns");
      Require.name(vm, "the VM that gets another weight");
      Require.between(weight, 1, 65_535, "weight");
    }
  }

  /** The running domain of a VM gets another cap, in percent of one pCPU; 0 is none. */
  record VmCap(long atNanos, String vm, int capPercent) implements FaultSpec {
    public VmCap {
      Require.notNegative(atNanos, "time of a change of cap in ns");
      Require.name(vm, "the VM that gets another cap");
      Require.between(capPercent, 0, 65_534, "cap in percent of one pCPU");
    }
  }

  /**
   * The VM gets another dynamic range, as VM.set_memory_dynamic_range gives it: for good, whether
   * it runs or is halted. It is refused while the VM starts or shuts down, and when dynamic_min is
   * raised by more than the host of a running VM can promise.
   *
   * @param dynamicMinBytes not below static_min
   * @param dynamicMaxBytes not above static_max
   */
  record VmDynamicRange(long atNanos, String vm, long dynamicMinBytes, long dynamicMaxBytes)
      implements FaultSpec {
    public VmDynamicRange {
      Require.notNegative(atNanos, "time of a change of a dynamic range in ns");
      Require.name(vm, "the VM that gets another dynamic range");
      Require.notNegative(dynamicMinBytes, "dynamic_min in bytes");
      if (dynamicMinBytes > dynamicMaxBytes) {
        throw new IllegalArgumentException(
            "dynamic_min of VM "
                + vm
                + " is "
                + dynamicMinBytes
                + " bytes; expected at most its dynamic_max, "
                + dynamicMaxBytes);
      }
    }
  }

  /**
   * The vCPUs of a VM's running domain get other pCPUs.
   *
   * @param affinity as {@link VmSpec#affinity}
   * @param softAffinity as {@link VmSpec#softAffinity}
   */
  record VmAffinity(
      long atNanos, String vm, List<List<Integer>> affinity, List<List<Integer>> softAffinity)
      implements FaultSpec {
    public VmAffinity {
      Require.notNegative(atNanos, "time of a change of affinity in ns");
      Require.name(vm, "the VM that gets other pCPUs");
      affinity = List.copyOf(affinity);
      softAffinity = List.copyOf(softAffinity);
    }
  }
}
