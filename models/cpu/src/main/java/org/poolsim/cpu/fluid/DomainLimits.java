// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

import org.poolsim.cpu.CpuWork;
import org.poolsim.cpu.DomainSpec;

/** What Xen accepts as parameters of a domain. */
final class DomainLimits {
  private DomainLimits() {}

  static void checkSpec(DomainSpec spec) {
    if (spec.vcpus() < 1 || spec.vcpus() > 4096) {
      throw new IllegalArgumentException(
          spec.name() + ": a domain has 1 to 4096 vCPUs, not " + spec.vcpus());
    }
    checkWeight(spec.name(), spec.weight());
    checkCap(spec.name(), spec.capPercent());
  }

  static void checkWeight(String name, int weight) {
    if (weight < 1 || weight > 65535) {
      throw new IllegalArgumentException(
          name + ": the weight must be between 1 and 65535, not " + weight);
    }
  }

  static void checkCap(String name, int percent) {
    if (percent < 0 || percent > 65535) {
      throw new IllegalArgumentException(
          name + ": the cap must be between 0 (none) and 65535 percent, not " + percent);
    }
  }

  static void checkWork(String name, CpuWork work, long cpuNanos) {
    if (cpuNanos < 1) {
      throw new IllegalArgumentException(
          name + ": work needs at least 1 ns of CPU time, not " + cpuNanos);
    }
    if (work.isQueued()) {
      throw new IllegalStateException(name + ": the work is queued already: " + work);
    }
  }
}
