// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an import assumed and what it left out, for the person who reads the scenario. */
final class ImportNotes {
  private static final int NAMED = 8;

  private final Map<String, List<String>> assumed = new LinkedHashMap<>();
  private final Map<String, List<String>> leftOut = new LinkedHashMap<>();

  /** Notes that something is not in the source, and for which object. */
  void assume(String what, String where) {
    assumed.computeIfAbsent(what, key -> new ArrayList<>()).add(where);
  }

  /** Notes that something of the source is not in the scenario, and of which object. */
  void leaveOut(String what, String where) {
    leftOut.computeIfAbsent(what, key -> new ArrayList<>()).add(where);
  }

  /** Returns what was assumed, a line for each kind. */
  List<String> assumed() {
    return lines(assumed);
  }

  /** Returns what was left out, a line for each kind. */
  List<String> leftOut() {
    return lines(leftOut);
  }

  private static List<String> lines(Map<String, List<String>> notes) {
    List<String> lines = new ArrayList<>();
    notes.forEach(
        (what, where) -> {
          String more = where.size() > NAMED ? " and " + (where.size() - NAMED) + " more" : "";
          String named = String.join(", ", where.subList(0, Math.min(NAMED, where.size())));
          lines.add(what + " (" + named + more + ")");
        });
    return lines;
  }
}
