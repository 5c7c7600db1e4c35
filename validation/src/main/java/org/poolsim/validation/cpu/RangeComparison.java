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
  private final KnownModes modes;
  private final boolean dom0IsSpecial;

  RangeComparison(SchedCase plan, String scheduler) {
    this.plan = plan;
    this.modes = new KnownModes(plan, scheduler);
    this.dom0IsSpecial = scheduler.equals("credit_xenserver");
  }

  /**
   * One figure outside of its range.
   *
   * @param figure the domain and the recorded name
   * @param text the same with the mean and the range
   */
  record Outside(String figure, String text) {}

  /** How many figures were compared, and those that are outside. */
  record Outcome(int compared, List<Outside> outside) {
    Replay.CaseResult result(String id) {
      return new Replay.CaseResult(
          id,
          outside.isEmpty() ? Replay.Verdict.PASS : Replay.Verdict.FAIL,
          outside.isEmpty()
              ? compared + " figures within"
              : outside.size()
                  + " of "
                  + compared
                  + " figures outside, first "
                  + outside.get(0).text,
          TOLERANCE);
    }
  }

  static Replay.CaseResult notRecorded(String id) {
    return new Replay.CaseResult(id, Replay.Verdict.NOT_JUDGED, "not recorded", TOLERANCE);
  }

  /** Compares the means of the replicates with the recorded ranges. */
  Outcome compare(JsonNode recorded, List<Replicate> replicates) {
    JsonNode computed = CaseResults.perturbed(plan, replicates).path("domains");
    JsonNode recordedMode =
        CaseResults.perturbed(plan, modes.recordedMode(replicates)).path("domains");
    int compared = 0;
    List<Outside> outside = new ArrayList<>();
    for (int i = 0; i < recorded.size(); i++) {
      for (Map.Entry<String, JsonNode> metric : recorded.get(i).path("metrics").properties()) {
        String name = metric.getKey();
        Range range = range(name, group(i), recorded);
        if (range == null) {
          continue;
        }
        boolean inAll = modes.isKnownInAll(name);
        JsonNode figure = (inAll ? computed : recordedMode).path(i).path("metrics").path(name);
        if (figure.isMissingNode() && !inAll && recordedMode.path(0).path("metrics").isEmpty()) {
          continue; // every replicate is in the mode of which this figure is not known
        }
        compared++;
        double mean = figure.path("mean").doubleValue(0);
        if (mean < range.low || mean > range.high) {
          String what = "domain " + plan.domains().get(i).domid() + " " + name;
          outside.add(
              new Outside(
                  what,
                  what
                      + " "
                      + Math.round(mean)
                      + " outside "
                      + Math.round(range.low)
                      + ".."
                      + Math.round(range.high)));
        }
      }
    }
    return new Outcome(compared, outside);
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

  private SchedCase.DomainCase anonymous(SchedCase.DomainCase domain) {
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
    // XenServer's credit sets dom0's weight itself: there dom0 is like no other domain.
    return new SchedCase.DomainCase(
        dom0IsSpecial ? Math.min(domain.domid(), 1) : 0,
        domain.weight(),
        domain.capPercent(),
        domain.realTime(),
        vcpus);
  }
}
