// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import java.util.Set;

/**
 * The one case with two modes, of which the four recorded replicates show one. Two spinning VMs
 * beside hogs under credit sit on different pCPUs, or end up alone on one for part of the run; the
 * real source does either about as often, and the CPU time and switch-ins of a spinning VM in the
 * second mode are known. The range of the replicates is that of both.
 */
final class SpinModes {
  private static final String CASE = "yield-p4-spin";
  private static final Set<String> SCHEDULERS = Set.of("credit", "credit_xenserver");
  private static final double MOST_CPU_NANOS = 25e9;
  private static final double MOST_SWITCH_INS = 125_000;

  private final SchedCase plan;
  private final boolean applies;

  SpinModes(SchedCase plan, String scheduler) {
    this.plan = plan;
    this.applies = plan.id().equals(CASE) && SCHEDULERS.contains(scheduler);
  }

  /** Returns the greatest figure of both modes, given that of the recorded one. */
  double most(String name, SchedCase.DomainCase domain, double recorded) {
    if (!applies || !spins(domain)) {
      return recorded;
    }
    return switch (name) {
      case "cpu_time_ns" -> Math.max(recorded, MOST_CPU_NANOS);
      case "switch_ins" -> Math.max(recorded, MOST_SWITCH_INS);
      default -> recorded;
    };
  }

  /**
   * Returns the least figure of both modes, given that of the recorded one: what the spinning VMs
   * take in the second mode the hogs lose, in equal parts.
   */
  double least(String name, SchedCase.DomainCase domain, double recorded) {
    if (!applies || spins(domain) || !name.equals("cpu_time_ns")) {
      return recorded;
    }
    long spinning = plan.domains().stream().filter(SpinModes::spins).count();
    double left =
        (double) plan.topology().pcpus() * plan.durationNanos() - spinning * MOST_CPU_NANOS;
    return Math.min(recorded, left / (plan.domains().size() - spinning));
  }

  private static boolean spins(SchedCase.DomainCase domain) {
    return domain.vcpus().get(0).behaviour().type().equals("yield");
  }
}
