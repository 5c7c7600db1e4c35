// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.poolsim.validation.CaseJson;
import org.poolsim.validation.Replay;
import org.poolsim.validation.ValidationSet;
import tools.jackson.databind.node.ObjectNode;

/** {@code squeezed}: calls on squeezed, recorded on randomly drawn hosts. */
public class SqueezedSet implements ValidationSet {
  private final String name;
  private final String filePrefix;
  private final List<String> operations;

  /** Creates the set {@code squeezed}. */
  public SqueezedSet() {
    this(
        "squeezed",
        "squeezed-random",
        List.of("reserve", "reserve_range", "balance", "start_vm", "reserve_then_balance"));
  }

  SqueezedSet(String name, String filePrefix, List<String> operations) {
    this.name = name;
    this.filePrefix = filePrefix;
    this.operations = operations;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean accepts(Path file) {
    String fileName = file.getFileName().toString();
    return fileName.startsWith(filePrefix) && fileName.endsWith(".json");
  }

  @Override
  public Replay replay(Path file) throws IOException {
    CaseFile caseFile = CaseFile.read(file);
    List<CaseFile.Field> fields = caseFile.cases();
    List<SqueezedCase> cases = new ArrayList<>();
    for (CaseFile.Field field : fields) {
      cases.add(new SqueezedCase(field, operations));
    }
    caseFile.check();

    List<Replay.CaseResult> results = new ArrayList<>();
    ResultArray computed = new ResultArray();
    for (int i = 0; i < cases.size(); i++) {
      SqueezedCase one = cases.get(i);
      ObjectNode simulated = one.replay();
      ObjectNode entry = CaseJson.MAPPER.createObjectNode();
      entry.put("id", one.id);
      entry.set("simulated", simulated);
      computed.add(entry);
      results.add(
          fields.get(i).has("expected")
              ? ExactComparison.judge(one.id, fields.get(i).json().get("expected"), simulated)
              : ExactComparison.notJudged(one.id));
    }
    return new Replay(results, computed.text());
  }
}
