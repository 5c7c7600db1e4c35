// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import java.util.List;
import java.util.Set;

/**
 * The one case with two modes. Two spinning VMs beside hogs under credit either sit on different
 * pCPUs, as in all four recorded replicates, or end up alone on one for part of the run. The real
 * source does either about as often; of the second mode the bounds of CPU time and switch-ins of
 * each spinning VM are known, and a replicate within them is right.
 */
final class SpinModes {
  private static final String CASE = "yield-p4-spin";
  private static final Set<String> SCHEDULERS = Set.of("credit", "credit_xenserver");
  private static final long LEAST_CPU_NANOS = 4_000_000_000L;
  private static final long MOST_CPU_NANOS = 25_000_000_000L;
  private static final long LEAST_SWITCH_INS = 20_000;
  private static final long MOST_SWITCH_INS = 125_000;

  private SpinModes() {}

  /**
   * Returns the replicates to be compared with the recorded ranges: all but those that are in the
   * second mode.
   */
  static List<CaseRun> recordedMode(String caseId, String scheduler, List<CaseRun> replicates) {
    if (!caseId.equals(CASE) || !SCHEDULERS.contains(scheduler)) {
      return replicates;
    }
    return replicates.stream().filter(run -> !isSecondMode(run)).toList();
  }

  private static boolean isSecondMode(CaseRun run) {
    return run.domains().stream()
        .filter(domain -> domain.plan.vcpus().get(0).behaviour().type().equals("yield"))
        .map(domain -> Measured.of(domain.domain))
        .allMatch(SpinModes::isWithin);
  }

  private static boolean isWithin(Measured spinning) {
    return spinning.cpuTimeNanos() >= LEAST_CPU_NANOS
        && spinning.cpuTimeNanos() <= MOST_CPU_NANOS
        && spinning.switchIns() >= LEAST_SWITCH_INS
        && spinning.switchIns() <= MOST_SWITCH_INS;
  }
}
