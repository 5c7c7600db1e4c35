// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.poolsim.validation.CaseJson;
import org.poolsim.validation.Replay;
import org.poolsim.validation.ValidationSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code squeezed-suite}: the scenarios of the daemon's own tests. */
public final class SqueezedSuiteSet implements ValidationSet {
  private static final List<String> JUDGED = List.of("observed", "waits", "t_end_s", "rows");
  private static final List<String> WRITTEN = List.of("name", "observed", "waits", "t_end_s");

  @Override
  public String name() {
    return "squeezed-suite";
  }

  @Override
  public boolean accepts(Path file) {
    String fileName = file.getFileName().toString();
    return fileName.startsWith("squeezed-suite") && fileName.endsWith(".json");
  }

  @Override
  public Replay replay(Path file) throws IOException {
    CaseFile caseFile = CaseFile.read(file);
    List<CaseFile.Field> fields = caseFile.cases();
    List<SuiteScenario> scenarios = new ArrayList<>();
    for (CaseFile.Field field : fields) {
      scenarios.add(new SuiteScenario(field));
    }
    caseFile.check();

    List<Replay.CaseResult> results = new ArrayList<>();
    ResultArray computed = new ResultArray();
    for (int i = 0; i < scenarios.size(); i++) {
      SuiteScenario scenario = scenarios.get(i);
      ObjectNode simulated = scenario.replay();
      computed.add(pick(simulated, WRITTEN));
      JsonNode recorded = pick(fields.get(i).json(), JUDGED);
      results.add(
          recorded.isEmpty()
              ? ExactComparison.notJudged(scenario.name)
              : ExactComparison.judge(scenario.name, recorded, simulated));
    }
    return new Replay(results, computed.text());
  }

  private static ObjectNode pick(JsonNode from, List<String> names) {
    ObjectNode picked = CaseJson.MAPPER.createObjectNode();
    for (String name : names) {
      if (from.hasNonNull(name)) {
        picked.set(name, from.get(name));
      }
    }
    return picked;
  }
}
