// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import org.poolsim.memory.Dom0Sizing;
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
  private static final long KIB = 1024;

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
   * Returns what a host's installer gives to dom0.
   *
   * @param sizing whose rule
   * @param pcpus the host's pCPUs
   * @param hostMemoryBytes the host's memory
   */
  public static Dom0Spec installed(Dom0Sizing sizing, int pcpus, long hostMemoryBytes) {
    long kib = sizing.dom0Kib(hostMemoryBytes / KIB);
    return new Dom0Spec(sizing.dom0Vcpus(pcpus, kib), kib * KIB, 256);
  }
}
