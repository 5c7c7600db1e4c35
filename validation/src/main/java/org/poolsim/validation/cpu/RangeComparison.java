// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.poolsim.validation.Replay;
import tools.jackson.databind.JsonNode;

/**
 * Compares the means of the replicates with the recorded ranges. The range of a figure is taken
 * over all domains of the case that are equal but for id, seed and phase: which of several equal
 * domains gets the odd share is decided by the start offsets.
 */
final class RangeComparison {
  private static final String TOLERANCE =
      "recorded range of equal domains, widened: CPU time 0.5 % of the duration or 1 %, counts"
          + " 0.8 to 1.25 times and 10, mean and p50 10 % or 20 us, p99 15 % or 50 us";

  private final SchedCase plan;
  private final SpinModes modes;

  RangeComparison(SchedCase plan, String scheduler) {
    this.plan = plan;
    this.modes = new SpinModes(plan, scheduler);
  }

  /** Judges the means. */
  Replay.CaseResult judge(String id, JsonNode recorded, JsonNode computed) {
    if (recorded.isMissingNode()) {
      return new Replay.CaseResult(id, Replay.Verdict.NOT_JUDGED, "not recorded", TOLERANCE);
    }
    int compared = 0;
    List<String> outside = new ArrayList<>();
    for (int i = 0; i < recorded.size(); i++) {
      for (Map.Entry<String, JsonNode> metric : recorded.get(i).path("metrics").properties()) {
        String name = metric.getKey();
        Range range = range(name, group(i), recorded);
        if (range == null) {
          continue;
        }
        compared++;
        double mean = computed.path(i).path("metrics").path(name).path("mean").doubleValue(0);
        if (mean < range.low || mean > range.high) {
          outside.add(
              "domain "
                  + plan.domains().get(i).domid()
                  + " "
                  + name
                  + " "
                  + Math.round(mean)
                  + " outside "
                  + Math.round(range.low)
                  + ".."
                  + Math.round(range.high));
        }
      }
    }
    return new Replay.CaseResult(
        id,
        outside.isEmpty() ? Replay.Verdict.PASS : Replay.Verdict.FAIL,
        outside.isEmpty()
            ? compared + " figures within"
            : outside.size() + " of " + compared + " figures outside, first " + outside.get(0),
        TOLERANCE);
  }

  private record Range(double low, double high) {}

  private Range range(String name, List<Integer> group, JsonNode recorded) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int member : group) {
      JsonNode metric = recorded.path(member).path("metrics").path(name);
      if (metric.isObject()) {
        low = Math.min(low, metric.path("min").doubleValue());
        high = Math.max(high, metric.path("max").doubleValue());
      }
    }
    SchedCase.DomainCase domain = plan.domains().get(group.get(0));
    low = modes.least(name, domain, low);
    high = modes.most(name, domain, high);
    if (name.equals("cpu_time_ns")) {
      double slack = 0.005 * plan.durationNanos();
      return new Range(low - Math.max(slack, 0.01 * low), high + Math.max(slack, 0.01 * high));
    }
    if (name.equals("switch_ins") || name.equals("migrations")) {
      return new Range(0.8 * low - 10, 1.25 * high + 10);
    }
    if (name.endsWith(".mean") || name.endsWith(".p50")) {
      return new Range(low - Math.max(0.1 * low, 20_000), high + Math.max(0.1 * high, 20_000));
    }
    if (name.endsWith(".p99")) {
      return new Range(low - Math.max(0.15 * low, 50_000), high + Math.max(0.15 * high, 50_000));
    }
    return null;
  }

  /** Returns the positions of the domains that are equal to one but for id, seed and phase. */
  private List<Integer> group(int of) {
    List<Integer> members = new ArrayList<>();
    SchedCase.DomainCase pattern = anonymous(plan.domains().get(of));
    for (int i = 0; i < plan.domains().size(); i++) {
      if (anonymous(plan.domains().get(i)).equals(pattern)) {
        members.add(i);
      }
    }
    return members;
  }

  private static SchedCase.DomainCase anonymous(SchedCase.DomainCase domain) {
    List<SchedCase.VcpuCase> vcpus = new ArrayList<>();
    for (SchedCase.VcpuCase vcpu : domain.vcpus()) {
      SchedCase.BehaviourCase b = vcpu.behaviour();
      vcpus.add(
          new SchedCase.VcpuCase(
              vcpu.startNanos(),
              vcpu.hard(),
              vcpu.soft(),
              new SchedCase.BehaviourCase(
                  b.type(),
                  b.runNanos(),
                  b.otherNanos(),
                  0,
                  0,
                  b.backendDomid(),
                  b.backendVcpu())));
    }
    // dom0 is never like another domain: the scheduler may treat it specially.
    return new SchedCase.DomainCase(
        Math.min(domain.domid(), 1),
        domain.weight(),
        domain.capPercent(),
        domain.realTime(),
        vcpus);
  }
}
