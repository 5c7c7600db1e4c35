// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.poolsim.validation.CaseJson;
import org.poolsim.validation.Replay;
import org.poolsim.validation.ValidationSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code cpu}: hosts under the Xen schedulers. Each scheduler of a case is run once exactly and in
 * four jittered replicates, or in several sets of four; the runs are independent and share no
 * state.
 */
public final class CpuSet implements ValidationSet {
  private static final int REPLICATES = 4;

  private final int jitterSets;

  /** Creates the set as it is judged: with one set of jitter. */
  public CpuSet() {
    this(1);
  }

  private CpuSet(int jitterSets) {
    this.jitterSets = jitterSets;
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public Optional<ValidationSet> withJitterSets(int sets) {
    return Optional.of(new CpuSet(sets));
  }

  @Override
  public boolean accepts(Path file) {
    String fileName = file.getFileName().toString();
    return fileName.endsWith(".json") && !fileName.equals("index.json");
  }

  @Override
  public Replay replay(Path file) throws IOException {
    return replay(file, Optional.empty());
  }

  /** With one set a file is done at once; with several it tells of each set of each scheduler. */
  @Override
  public Replay replay(Path file, Watcher watcher) throws IOException {
    return replay(file, jitterSets > 1 ? Optional.of(watcher) : Optional.empty());
  }

  private Replay replay(Path file, Optional<Watcher> watcher) throws IOException {
    JsonNode root = CaseJson.read(file);
    SchedCase plan = SchedCaseReader.read(file.toString(), root);
    List<String> schedulers = plan.schedulers();
    watcher.ifPresent(told -> told.begins(schedulers.size() * jitterSets));
    ObjectNode computed = CaseJson.MAPPER.createObjectNode();
    computed.put("id", plan.id());
    ObjectNode results = computed.putObject("results");
    List<Replay.CaseResult> verdicts = new ArrayList<>();
    List<Replay.Repeated> repeated = new ArrayList<>();
    JsonNode recorded = root.path("results");
    for (String scheduler : schedulers) {
      ObjectNode result = results.putObject(scheduler);
      List<List<Replicate>> sets = run(plan, scheduler, result, watcher);
      result.set("perturbed", CaseResults.perturbed(plan, sets.get(0)));
      JsonNode expected = recorded.path(scheduler);
      String id = plan.id() + " " + scheduler;
      verdicts.add(ExactRun.judge(id + " exact", expected.path("exact"), result.path("exact")));
      String jittered = id + " perturbed";
      JsonNode ranges = expected.path("perturbed").path("domains");
      if (ranges.isMissingNode()) {
        verdicts.add(RangeComparison.notRecorded(jittered));
        continue;
      }
      RangeComparison comparison = new RangeComparison(plan, scheduler);
      List<RangeComparison.Outcome> outcomes =
          sets.stream().map(set -> comparison.compare(ranges, set)).toList();
      verdicts.add(outcomes.get(0).result(jittered));
      if (jitterSets > 1) {
        repeated.add(repeated(jittered, outcomes));
      }
    }
    return new Replay(
        verdicts,
        CaseJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(computed) + "\n",
        repeated);
  }

  /**
   * Runs a scheduler exactly, which is added to the result, and in sets of replicates, which are
   * returned.
   */
  private List<List<Replicate>> run(
      SchedCase plan, String scheduler, ObjectNode result, Optional<Watcher> watcher) {
    CaseRun exact = new CaseRun(plan, scheduler, 0);
    List<Replicate> replicates =
        IntStream.rangeClosed(0, jitterSets * REPLICATES)
            .parallel()
            .mapToObj(
                number -> {
                  int set = (number - 1) / REPLICATES + 1;
                  int replicate = (number - 1) % REPLICATES + 1;
                  CaseRun run = number == 0 ? exact : new CaseRun(plan, scheduler, replicate, set);
                  run.run();
                  if (run != exact && replicate == REPLICATES) {
                    watcher.ifPresent(Watcher::judged);
                  }
                  return Replicate.of(run);
                })
            .toList();
    result.set("exact", CaseResults.exact(exact));
    return IntStream.range(0, jitterSets)
        .mapToObj(set -> replicates.subList(set * REPLICATES + 1, (set + 1) * REPLICATES + 1))
        .toList();
  }

  private static Replay.Repeated repeated(String id, List<RangeComparison.Outcome> outcomes) {
    Map<String, Integer> counts = new TreeMap<>();
    for (RangeComparison.Outcome outcome : outcomes) {
      for (RangeComparison.Outside outside : outcome.outside()) {
        counts.merge(outside.figure(), 1, Integer::sum);
      }
    }
    String mostOften =
        counts.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(figure -> figure.getKey() + " in " + figure.getValue())
            .orElse("");
    return new Replay.Repeated(
        id, outcomes.stream().map(outcome -> outcome.outside().isEmpty()).toList(), mostOften);
  }
}
