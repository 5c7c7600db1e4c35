// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import java.util.Map;
import org.poolsim.validation.Replay;
import tools.jackson.databind.JsonNode;

/** Compares an exact run figure by figure: every one must be equal. */
final class ExactRun {
  private int compared;
  private int different;
  private String first = "";

  private ExactRun() {}

  static Replay.CaseResult judge(String id, JsonNode recorded, JsonNode computed) {
    if (recorded.isMissingNode()) {
      return new Replay.CaseResult(id, Replay.Verdict.NOT_JUDGED, "not recorded", "equal");
    }
    ExactRun comparison = new ExactRun();
    comparison.compare("", recorded, computed);
    String deviation =
        comparison.different == 0
            ? comparison.compared + " figures equal"
            : comparison.different
                + " of "
                + comparison.compared
                + " figures differ, first "
                + comparison.first;
    return new Replay.CaseResult(
        id,
        comparison.different == 0 ? Replay.Verdict.PASS : Replay.Verdict.FAIL,
        deviation,
        "equal");
  }

  private void compare(String path, JsonNode recorded, JsonNode computed) {
    if (recorded.isObject()) {
      for (Map.Entry<String, JsonNode> field : recorded.properties()) {
        compare(path + "." + field.getKey(), field.getValue(), computed.path(field.getKey()));
      }
    } else if (recorded.isArray()) {
      for (int i = 0; i < recorded.size(); i++) {
        compare(path + "[" + i + "]", recorded.get(i), computed.path(i));
      }
    } else {
      compared++;
      if (!computed.isNumber() || recorded.doubleValue() != computed.doubleValue()) {
        if (different++ == 0) {
          first = path.substring(1) + ": recorded " + recorded + ", computed " + computed;
        }
      }
    }
  }
}
