// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

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
}
