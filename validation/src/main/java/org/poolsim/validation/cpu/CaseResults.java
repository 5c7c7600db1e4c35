// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.poolsim.cpu.Runstate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Runs in the format of the recorded results. */
final class CaseResults {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private CaseResults() {}

  /** Returns {@code exact}. */
  static ObjectNode exact(CaseRun run) {
    ObjectNode exact = JSON.objectNode();
    exact.put("events", run.host().timersFired());
    ArrayNode pcpus = exact.putArray("pcpus");
    for (int cpu = 0; cpu < run.host().topology().pcpus(); cpu++) {
      pcpus
          .addObject()
          .put("idle_ns", run.host().idleNanos(cpu))
          .put("switches", run.host().switches(cpu));
    }
    ArrayNode domains = exact.putArray("domains");
    for (CaseRun.DomainRun domain : run.domains()) {
      Measured measured = Measured.of(domain.domain);
      ObjectNode node = domains.addObject();
      node.put("domid", domain.plan.domid());
      node.put("cpu_time_ns", measured.cpuTimeNanos());
      node.put("switch_ins", measured.switchIns());
      node.put("preemptions", measured.preemptions());
      node.put("migrations", measured.migrations());
      node.put("wakeups", measured.wakeups());
      node.putObject("runstate_ns")
          .put("running", measured.cpuTimeNanos())
          .put("runnable", measured.runnableNanos())
          .put("blocked", measured.blockedNanos())
          .put("offline", measured.offlineNanos());
      statistics(node.putObject("wake_to_run_ns"), domain.wakeToRun);
      statistics(node.putObject("job_response_ns"), domain.jobResponse);
      ArrayNode bins = node.putArray("cpu_time_bins_ns");
      domain.bins.forEach(bins::add);
      ArrayNode vcpus = node.putArray("vcpu_cpu_time_ns");
      for (int id = 0; id < domain.domain.vcpus(); id++) {
        vcpus.add(domain.domain.vcpu(id).runstateNanos(Runstate.RUNNING));
      }
    }
    return exact;
  }

  private static void statistics(ObjectNode node, LongList times) {
    node.put("count", times.size());
    if (times.size() > 0) {
      node.put("mean", tenth(times.mean()));
      node.put("p50", times.percentile(0.5));
      node.put("p90", times.percentile(0.9));
      node.put("p95", times.percentile(0.95));
      node.put("p99", times.percentile(0.99));
      node.put("p999", times.percentile(0.999));
      node.put("max", times.max());
    }
  }

  private static double tenth(double value) {
    return new BigDecimal(value).setScale(1, RoundingMode.HALF_EVEN).doubleValue();
  }

  /** Returns the figures of one replicate of a domain, by the recorded name. */
  static Map<String, Double> metrics(CaseRun.DomainRun domain) {
    Measured measured = Measured.of(domain.domain);
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("cpu_time_ns", (double) measured.cpuTimeNanos());
    metrics.put("migrations", (double) measured.migrations());
    metrics.put("preemptions", (double) measured.preemptions());
    metrics.put("switch_ins", (double) measured.switchIns());
    latencies(metrics, "wake_to_run_ns.", domain.wakeToRun);
    latencies(metrics, "job_response_ns.", domain.jobResponse);
    return metrics;
  }

  private static void latencies(Map<String, Double> metrics, String prefix, LongList times) {
    if (times.size() > 0) {
      metrics.put(prefix + "mean", tenth(times.mean()));
      metrics.put(prefix + "p50", (double) times.percentile(0.5));
      metrics.put(prefix + "p95", (double) times.percentile(0.95));
      metrics.put(prefix + "p99", (double) times.percentile(0.99));
      metrics.put(prefix + "max", (double) times.max());
    }
  }

  /** Returns {@code perturbed} of these replicates. */
  static ObjectNode perturbed(SchedCase plan, List<Replicate> replicates) {
    ObjectNode perturbed = JSON.objectNode();
    ArrayNode domains = perturbed.putArray("domains");
    for (int i = 0; i < plan.domains().size(); i++) {
      List<Map<String, Double>> metrics = new ArrayList<>();
      for (Replicate replicate : replicates) {
        metrics.add(replicate.domains().get(i));
      }
      ObjectNode domain = domains.addObject();
      domain.put("domid", plan.domains().get(i).domid());
      putRanges(domain.putObject("metrics"), metrics);
    }
    return perturbed;
  }

  /** Adds min, mean and max of each figure over the replicates that have it. */
  private static void putRanges(ObjectNode metrics, List<Map<String, Double>> replicates) {
    Map<String, DoubleSummaryStatistics> ranges = new TreeMap<>();
    for (Map<String, Double> replicate : replicates) {
      replicate.forEach(
          (name, value) ->
              ranges.computeIfAbsent(name, key -> new DoubleSummaryStatistics()).accept(value));
    }
    ranges.forEach(
        (name, range) -> {
          ObjectNode node = metrics.putObject(name);
          putNumber(node, "min", range.getMin());
          node.put("mean", tenth(range.getAverage()));
          putNumber(node, "max", range.getMax());
        });
  }

  private static void putNumber(ObjectNode node, String key, double value) {
    if (value == Math.rint(value)) {
      node.put(key, (long) value);
    } else {
      node.put(key, value);
    }
  }
}
