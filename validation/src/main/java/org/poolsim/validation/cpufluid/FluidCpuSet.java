// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpufluid;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.poolsim.validation.CaseJson;
import org.poolsim.validation.Replay;
import org.poolsim.validation.ValidationSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code cpu-fluid}: the CPU time of each domain against the recorded perturbed mean. The vCPUs are
 * given the long-run mean of their behaviour as constant demand.
 *
 * <p>Domains that differ only in id, seed and phase are compared by the mean over all of them:
 * which of several equal VMs gets more is decided by chance. A domain passes if it lies within 5 %
 * of the recorded mean or 1 % of the duration, whichever is larger. RTDS has no fluid model: its
 * cases are not judged.
 */
public class FluidCpuSet implements ValidationSet {
  private static final double RELATIVE_TOLERANCE = 0.05;
  private static final double DURATION_TOLERANCE = 0.01;
  private static final long SEED_STEP = 1_000_003L;

  /** Recorded key and the name of the scheduler. */
  private static final Map<String, String> SCHEDULERS = schedulers();

  private static Map<String, String> schedulers() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("credit", "credit");
    names.put("credit_xenserver", "credit-xenserver");
    names.put("credit2", "credit2");
    names.put("credit2_pre421", "credit2-pre421");
    return names;
  }

  private final String name;
  private final Drive drive;
  private final int replicates;

  /** Creates the set {@code cpu-fluid}. */
  public FluidCpuSet() {
    this("cpu-fluid", Drive.DEMAND, 1);
  }

  FluidCpuSet(String name, Drive drive, int replicates) {
    this.name = name;
    this.drive = drive;
    this.replicates = replicates;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final boolean accepts(Path file) {
    String fileName = file.getFileName().toString();
    return fileName.endsWith(".json") && !fileName.equals("index.json");
  }

  @Override
  public final Replay replay(Path file) throws IOException {
    JsonNode root = CaseJson.read(file);
    CaseReader reader = CaseReader.of(file);
    String id = reader.text(root, "id");
    List<Replay.CaseResult> results = new ArrayList<>();
    ObjectNode computed = CaseJson.MAPPER.createObjectNode();
    computed.put("id", id);
    ObjectNode bySchedulers = computed.putObject("results");
    if (reader.text(root, "family").equals("rtds")) {
      results.add(
          new Replay.CaseResult(
              id, Replay.Verdict.NOT_JUDGED, "no fluid model of rtds", tolerance()));
      return new Replay(results, computed.toString());
    }
    for (Map.Entry<String, String> scheduler : SCHEDULERS.entrySet()) {
      Map<Integer, Double> means = means(reader, root, scheduler.getValue());
      ObjectNode result = bySchedulers.putObject(scheduler.getKey()).putObject("perturbed");
      means.forEach(
          (domid, mean) -> {
            ObjectNode domain = result.withArray("domains").addObject();
            domain.put("domid", domid);
            domain.putObject("metrics").putObject("cpu_time_ns").put("mean", Math.round(mean));
          });
      results.add(judge(reader, root, id, scheduler.getKey(), means));
    }
    return new Replay(results, computed.toString());
  }

  private Map<Integer, Double> means(CaseReader reader, JsonNode root, String scheduler) {
    FluidCase fluid = new FluidCase(reader, root, scheduler, drive);
    Map<Integer, Double> means = new LinkedHashMap<>();
    for (int replicate = 1; replicate <= replicates; replicate++) {
      fluid
          .run(replicate * SEED_STEP)
          .forEach((domid, nanos) -> means.merge(domid, (double) nanos / replicates, Double::sum));
    }
    return means;
  }

  private static String tolerance() {
    return "5 % or 1 % of the duration";
  }

  private static Replay.CaseResult judge(
      CaseReader reader,
      JsonNode root,
      String id,
      String schedulerKey,
      Map<Integer, Double> means) {
    String line = id + " " + schedulerKey;
    JsonNode recorded = root.path("results").path(schedulerKey).path("perturbed").path("domains");
    if (recorded.isMissingNode()) {
      return new Replay.CaseResult(line, Replay.Verdict.NOT_JUDGED, "nothing recorded", "");
    }
    double allowed = DURATION_TOLERANCE * reader.number(root, "duration_ns");
    Map<String, Group> groups = new LinkedHashMap<>();
    Map<Integer, String> kinds = new LinkedHashMap<>();
    for (JsonNode domain : reader.field(root, "domains")) {
      kinds.put(reader.integer(domain, "domid"), kind(domain));
    }
    for (JsonNode domain : recorded) {
      int domid = reader.integer(domain, "domid");
      JsonNode time = reader.field(reader.field(domain, "metrics"), "cpu_time_ns");
      Group group = groups.computeIfAbsent(kinds.get(domid), key -> new Group(domid));
      group.count++;
      group.recordedNanos += reader.field(time, "mean").doubleValue();
      group.fluidNanos += means.get(domid);
    }
    Group worst = null;
    for (Group group : groups.values()) {
      if (worst == null || group.excess(allowed) > worst.excess(allowed)) {
        worst = group;
      }
    }
    Replay.Verdict verdict = worst.excess(allowed) <= 1 ? Replay.Verdict.PASS : Replay.Verdict.FAIL;
    return new Replay.CaseResult(line, verdict, worst.text(), tolerance());
  }

  /** What makes domains equal: everything but id, seed and phase. */
  private static String kind(JsonNode domain) {
    ObjectNode copy = (ObjectNode) domain.deepCopy();
    copy.remove("domid");
    for (JsonNode vcpu : copy.path("vcpus")) {
      if (vcpu.path("behaviour") instanceof ObjectNode behaviour) {
        behaviour.remove("seed");
        behaviour.remove("phase_ns");
      }
    }
    return copy.toString();
  }

  /** Equal domains together. */
  private static final class Group {
    private final int firstDomid;
    private int count;
    private double recordedNanos;
    private double fluidNanos;

    Group(int firstDomid) {
      this.firstDomid = firstDomid;
    }

    double deviationNanos() {
      return (fluidNanos - recordedNanos) / count;
    }

    /** Returns the deviation as a part of what is allowed. */
    double excess(double durationTolerance) {
      return Math.abs(deviationNanos())
          / Math.max(durationTolerance, RELATIVE_TOLERANCE * recordedNanos / count);
    }

    String text() {
      return String.format(
          Locale.ROOT,
          "domain %d: %.3f s, recorded %.3f s (%+.1f %%)",
          firstDomid,
          fluidNanos / count * 1e-9,
          recordedNanos / count * 1e-9,
          recordedNanos == 0 ? 0 : 100 * deviationNanos() * count / recordedNanos);
    }
  }
}
