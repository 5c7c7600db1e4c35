// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

/** What Xen accepts as parameters of a domain; for implementations of {@link HostCpu}. */
public final class DomainLimits {
  private DomainLimits() {}

  /** Checks what a domain is created with. */
  public static void checkSpec(DomainSpec spec) {
    if (spec.vcpus() < 1 || spec.vcpus() > 4096) {
      throw new IllegalArgumentException(
          spec.name() + ": a domain has 1 to 4096 vCPUs, not " + spec.vcpus());
    }
    checkWeight(spec.name(), spec.weight());
    checkCap(spec.name(), spec.capPercent());
  }

  /** Checks a weight, 1 to 65535. */
  public static void checkWeight(String name, int weight) {
    if (weight < 1 || weight > 65535) {
      throw new IllegalArgumentException(
          name + ": the weight must be between 1 and 65535, not " + weight);
    }
  }

  /** Checks a cap in percent of one pCPU. */
  public static void checkCap(String name, int percent) {
    if (percent < 0 || percent > 65534) {
      throw new IllegalArgumentException(
          name + ": the cap must be between 0 (none) and 65534 percent, not " + percent);
    }
  }

  /** Checks a demand, 0 to 1. */
  public static void checkDemand(String name, double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          name + ": the demand of a vCPU must be between 0 and 1, not " + fraction);
    }
  }

  /** Checks that work asks for CPU time and is not queued already. */
  public static void checkWork(String name, CpuWork work, long cpuNanos) {
    if (cpuNanos < 1) {
      throw new IllegalArgumentException(
          name + ": work needs at least 1 ns of CPU time, not " + cpuNanos);
    }
    if (work.isQueued()) {
      throw new IllegalStateException(name + ": the work is queued already: " + work);
    }
  }
}
