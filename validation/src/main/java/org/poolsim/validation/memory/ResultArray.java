// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.memory;

import org.poolsim.validation.CaseJson;
import tools.jackson.databind.JsonNode;

/** The text of a JSON array with one entry a line. */
final class ResultArray {
  private final StringBuilder text = new StringBuilder("[");
  private String separator = "\n";

  void add(JsonNode entry) {
    text.append(separator).append(CaseJson.MAPPER.writeValueAsString(entry));
    separator = ",\n";
  }

  String text() {
    return text + "\n]\n";
  }
}
