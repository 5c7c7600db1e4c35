// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.poolsim.validation.CaseJson;
import org.poolsim.validation.Replay;
import org.poolsim.validation.ValidationSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code cpu}: hosts under the Xen schedulers. Each scheduler of a case is run once exactly and in
 * four jittered replicates; the runs are independent and share no state.
 */
public final class CpuSet implements ValidationSet {
  private static final int REPLICATES = 4;

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public boolean accepts(Path file) {
    String fileName = file.getFileName().toString();
    return fileName.endsWith(".json") && !fileName.equals("index.json");
  }

  @Override
  public Replay replay(Path file) throws IOException {
    JsonNode root = CaseJson.read(file);
    SchedCase plan = SchedCaseReader.read(file.toString(), root);
    List<String> schedulers = plan.schedulers();
    ObjectNode computed = CaseJson.MAPPER.createObjectNode();
    computed.put("id", plan.id());
    ObjectNode results = computed.putObject("results");
    List<Replay.CaseResult> verdicts = new ArrayList<>();
    JsonNode recorded = root.path("results");
    for (String scheduler : schedulers) {
      List<CaseRun> runs =
          IntStream.rangeClosed(0, REPLICATES)
              .parallel()
              .mapToObj(replicate -> run(plan, scheduler, replicate))
              .toList();
      ObjectNode result = results.putObject(scheduler);
      ObjectNode exact = CaseResults.exact(runs.get(0));
      result.set("exact", exact);
      List<CaseRun> replicates = runs.subList(1, runs.size());
      result.set("perturbed", perturbed(plan, replicates));
      SpinModes modes = new SpinModes(plan, scheduler);
      String id = plan.id() + " " + scheduler;
      JsonNode expected = recorded.path(scheduler);
      verdicts.add(ExactRun.judge(id + " exact", expected.path("exact"), exact));
      verdicts.add(
          new RangeComparison(plan, modes)
              .judge(
                  id + " perturbed",
                  expected.path("perturbed").path("domains"),
                  result.path("perturbed").path("domains"),
                  perturbed(plan, modes.recordedMode(replicates)).path("domains")));
    }
    return new Replay(
        verdicts,
        CaseJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(computed) + "\n");
  }

  private static CaseRun run(SchedCase plan, String scheduler, int replicate) {
    CaseRun run = new CaseRun(plan, scheduler, replicate);
    run.run();
    return run;
  }

  private static ObjectNode perturbed(SchedCase plan, List<CaseRun> replicates) {
    ObjectNode perturbed = CaseJson.MAPPER.createObjectNode();
    ArrayNode domains = perturbed.putArray("domains");
    for (int i = 0; i < plan.domains().size(); i++) {
      List<Map<String, Double>> metrics = new ArrayList<>();
      for (CaseRun replicate : replicates) {
        metrics.add(CaseResults.metrics(replicate.domains().get(i)));
      }
      ObjectNode domain = domains.addObject();
      domain.put("domid", plan.domains().get(i).domid());
      CaseResults.putRanges(domain.putObject("metrics"), metrics);
    }
    return perturbed;
  }
}
