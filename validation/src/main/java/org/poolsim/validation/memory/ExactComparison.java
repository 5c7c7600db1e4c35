// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.memory;

import java.util.Map;
import org.poolsim.validation.Replay;
import tools.jackson.databind.JsonNode;

/** Compares what was recorded with what was computed; numbers by value. */
final class ExactComparison {
  private static final String TOLERANCE = "exact";

  private ExactComparison() {}

  /** Judges one case by the recorded values, all of which must be among the computed ones. */
  static Replay.CaseResult judge(String id, JsonNode recorded, JsonNode computed) {
    String difference = difference("", recorded, computed);
    return difference == null
        ? new Replay.CaseResult(id, Replay.Verdict.PASS, "equal", TOLERANCE)
        : new Replay.CaseResult(id, Replay.Verdict.FAIL, difference, TOLERANCE);
  }

  static Replay.CaseResult notJudged(String id) {
    return new Replay.CaseResult(id, Replay.Verdict.NOT_JUDGED, "no recorded outcome", TOLERANCE);
  }

  /** Returns the first difference in words; {@code null} when there is none. */
  private static String difference(String place, JsonNode recorded, JsonNode computed) {
    if (recorded.isObject() && computed.isObject()) {
      for (Map.Entry<String, JsonNode> field : recorded.properties()) {
        String inner =
            difference(
                place + "/" + field.getKey(), field.getValue(), computed.path(field.getKey()));
        if (inner != null) {
          return inner;
        }
      }
      return null;
    }
    if (recorded.isArray() && computed.isArray() && recorded.size() == computed.size()) {
      for (int i = 0; i < recorded.size(); i++) {
        String inner = difference(place + "/" + i, recorded.get(i), computed.get(i));
        if (inner != null) {
          return inner;
        }
      }
      return null;
    }
    if (recorded.isNumber() && computed.isNumber()) {
      return recorded.decimalValue().compareTo(computed.decimalValue()) == 0
          ? null
          : place + ": " + computed + " for " + recorded;
    }
    return recorded.equals(computed)
        ? null
        : place + ": " + shortened(computed) + " for " + shortened(recorded);
  }

  private static String shortened(JsonNode node) {
    if (node.isMissingNode()) {
      return "nothing";
    }
    String text = node.toString();
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }
}
