// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import java.util.List;
import java.util.Set;

/**
 * The two cases that are known to have modes which the four recorded replicates do not show.
 *
 * <p>Two spinning VMs beside hogs under credit sit on different pCPUs, or end up alone on one for
 * part of the run; the real source does either about as often, and the CPU time and switch-ins of a
 * spinning VM in the second mode are known. For those two figures the range of the replicates is
 * that of both modes; the others are compared over the replicates in the recorded mode.
 *
 * <p>A VM with a cap of 50 % beside a hog under credit2 before 4.21: of 24 replicates of the real
 * source the switch-ins are known, and nothing else. Their range is taken.
 */
final class KnownModes {
  private static final Set<String> CREDIT = Set.of("credit", "credit_xenserver");
  private static final double LEAST_CPU_NANOS = 4e9;
  private static final double MOST_CPU_NANOS = 25e9;
  private static final double MOST_SWITCH_INS = 125_000;
  private static final double LEAST_SWITCH_INS_CAPPED = 3_001;
  private static final double MOST_SWITCH_INS_CAPPED = 8_902;

  private final SchedCase plan;
  private final boolean spinning;
  private final boolean capped;

  KnownModes(SchedCase plan, String scheduler) {
    this.plan = plan;
    this.spinning = plan.id().equals("yield-p4-spin") && CREDIT.contains(scheduler);
    this.capped = plan.id().equals("caps-p1-50-vs-hog") && scheduler.equals("credit2_pre421");
  }

  /** Returns the replicates in the mode that was recorded: all, but for the spinning VMs. */
  List<Replicate> recordedMode(List<Replicate> replicates) {
    return spinning ? replicates.stream().filter(run -> !isSecondMode(run)).toList() : replicates;
  }

  private boolean isSecondMode(Replicate run) {
    for (int i = 0; i < plan.domains().size(); i++) {
      if (spins(plan.domains().get(i))
          && run.domains().get(i).get("cpu_time_ns") < LEAST_CPU_NANOS) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the range of a figure is known in every mode. */
  boolean isKnownInAll(String name) {
    return name.equals("cpu_time_ns") || name.equals("switch_ins");
  }

  /** Returns the greatest figure of all modes, given that of the recorded replicates. */
  double most(String name, SchedCase.DomainCase domain, double recorded) {
    if (capped && name.equals("switch_ins")) {
      return Math.max(recorded, MOST_SWITCH_INS_CAPPED);
    }
    if (!spinning || !spins(domain)) {
      return recorded;
    }
    return switch (name) {
      case "cpu_time_ns" -> Math.max(recorded, MOST_CPU_NANOS);
      case "switch_ins" -> Math.max(recorded, MOST_SWITCH_INS);
      default -> recorded;
    };
  }

  /**
   * Returns the least figure of all modes, given that of the recorded replicates: what the spinning
   * VMs take in the second mode the hogs lose, in equal parts.
   */
  double least(String name, SchedCase.DomainCase domain, double recorded) {
    if (capped && name.equals("switch_ins")) {
      return Math.min(recorded, LEAST_SWITCH_INS_CAPPED);
    }
    if (!spinning || spins(domain) || !name.equals("cpu_time_ns")) {
      return recorded;
    }
    long spinningVms = plan.domains().stream().filter(KnownModes::spins).count();
    double left =
        (double) plan.topology().pcpus() * plan.durationNanos() - spinningVms * MOST_CPU_NANOS;
    return Math.min(recorded, left / (plan.domains().size() - spinningVms));
  }

  private static boolean spins(SchedCase.DomainCase domain) {
    return domain.vcpus().get(0).behaviour().type().equals("yield");
  }
}
