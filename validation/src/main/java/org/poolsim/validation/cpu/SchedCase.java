// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import java.util.BitSet;
import java.util.List;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.sched.SchedulerParameters;

/** One recorded host with its workload, without the outcome. */
record SchedCase(
    String id,
    String family,
    CpuTopology topology,
    SchedulerParameters parameters,
    long durationNanos,
    long binNanos,
    List<DomainCase> domains,
    List<Change> changes) {

  /** Returns the names of the schedulers that apply, as recorded. */
  List<String> schedulers() {
    return family.equals("rtds")
        ? List.of("rtds")
        : List.of("credit", "credit_xenserver", "credit2", "credit2_pre421");
  }

  record DomainCase(
      int domid, int weight, int capPercent, RealTime realTime, List<VcpuCase> vcpus) {}

  record RealTime(long periodNanos, long budgetNanos, boolean extratime) {}

  record VcpuCase(long startNanos, BitSet hard, BitSet soft, BehaviourCase behaviour) {}

  /** One of the behaviours; fields that it does not have are 0. */
  record BehaviourCase(
      String type,
      long runNanos,
      long otherNanos,
      long phaseNanos,
      long seed,
      int backendDomid,
      int backendVcpu) {}

  record Change(long timeNanos, int domid, boolean isWeight, int value) {}
}
