// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * A pool as a scenario.
 *
 * @param scenario the mappings and lists of the scenario file, in order
 * @param assumed what the source did not hold and what was assumed instead, one line each
 * @param leftOut what the source held and the scenario does not, one line each
 */
public record ImportedPool(
    Map<String, Object> scenario, List<String> assumed, List<String> leftOut) {

  /** Returns the scenario file: what was assumed as comments first, then the YAML. */
  public String yaml(String source) {
    StringBuilder text = new StringBuilder();
    text.append("# Imported from ").append(oneLine(source)).append(".\n");
    comment(text, "Assumed, because the source does not say; fill in what you know:", assumed);
    comment(text, "Left out:", leftOut);
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndent(2)
            .setIndicatorIndent(0)
            .setWidth(140)
            .setSplitLines(false)
            .build();
    return text.append(new Dump(settings).dumpToString(scenario)).toString();
  }

  private static void comment(StringBuilder text, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append("#\n# ").append(title).append('\n');
      lines.forEach(line -> text.append("# - ").append(oneLine(line)).append('\n'));
    }
  }

  /** A label of a real pool may hold a line break, which would end the comment. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029\\uFFFE\\uFFFF]", " ");
  }
}
