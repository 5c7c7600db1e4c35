// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.cpu.CpuDomain;

/** The background demand of a VM's vCPUs: the sum of its workloads' levels, at most 1 each. */
final class VcpuDemand {
  private static final double STEPS = 1L << 40;

  private final CpuDomain domain;

  /**
   * In 2^-40: integers add up to the same sum in any order, so that a level that leaves leaves
   * nothing behind.
   */
  private final long[] sums;

  VcpuDemand(CpuDomain domain) {
    this.domain = domain;
    sums = new long[domain.vcpus()];
  }

  int vcpus() {
    return sums.length;
  }

  /** One workload's level on the first {@code vcpus} vCPUs changes. */
  void change(int vcpus, double from, double to) {
    long change = Math.round(to * STEPS) - Math.round(from * STEPS);
    if (change == 0) {
      return;
    }
    for (int vcpu = 0; vcpu < vcpus; vcpu++) {
      sums[vcpu] += change;
      domain.setDemand(vcpu, Math.min(1, sums[vcpu] / STEPS));
    }
  }
}
