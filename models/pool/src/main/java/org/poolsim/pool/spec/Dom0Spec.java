// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import org.poolsim.memory.xenstore.StoreDaemon;

/**
 * A host's control domain.
 *
 * @param vcpus 1 to 4096
 * @param memoryBytes above 0
 * @param weight scheduling weight, 1 to 65535; 256 is Xen's default
 * @param xenstored its xenstore daemon
 */
public record Dom0Spec(int vcpus, long memoryBytes, int weight, StoreDaemon xenstored) {
  private static final long MIB = 1L << 20;

  public Dom0Spec {
    Require.between(vcpus, 1, 4096, "dom0 vCPUs");
    Require.positive(memoryBytes, "dom0 memory in bytes");
    Require.between(weight, 1, 65535, "dom0 weight");
    Require.present(xenstored, "dom0's xenstore daemon");
  }

  /** Creates a control domain with XenServer's xenstore daemon. */
  public Dom0Spec(int vcpus, long memoryBytes, int weight) {
    this(vcpus, memoryBytes, weight, StoreDaemon.OXENSTORED);
  }

  /**
   * Returns what the installer of Citrix Hypervisor 8 and later gives a host: memory 1 GiB + 5 % of
   * the host's, a multiple of 16 MiB, at most 8 GiB; as many vCPUs as pCPUs, at most 16, at most 4
   * below 2 GiB of dom0 memory and at most 8 below 4 GiB.
   */
  public static Dom0Spec installed(int pcpus, long hostMemoryBytes) {
    long reportedMib = (hostMemoryBytes / 1024 + 262_144) / 1024;
    long mib = Math.min((1024 + (long) (reportedMib * 0.05)) & ~15L, 8192);
    int most = mib < 2048 ? 4 : mib < 4096 ? 8 : 16;
    return new Dom0Spec(Math.max(1, Math.min(pcpus, most)), mib * MIB, 256);
  }
}
