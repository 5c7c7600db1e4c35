// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.poolsim.engine.data.Owner;
import org.poolsim.scenarios.PerfmonSetting;
import org.poolsim.scenarios.PerfmonXml;
import org.poolsim.scenarios.imports.XapiDatabase.Row;

/** Alarms: {@code other-config:perfmon} of hosts, VMs and SRs. */
final class XapiAlarms {
  private static final String KEY = "perfmon";
  private static final String LEFT_OUT = "an alarm that the scenario cannot have";

  private final ImportNotes notes;
  private final PerfmonSetting.Check check;

  XapiAlarms(ImportNotes notes, PerfmonSetting.Check check) {
    this.notes = notes;
    this.check = check;
  }

  /**
   * Adds what an object of the database has to its entry in the scenario: the text itself if all of
   * it is right, else those of its variables that are.
   */
  void carry(Row row, Owner.Kind kind, String name, Map<String, Object> entry) {
    String text = text(row, name);
    if (text.isEmpty()) {
      return;
    }
    List<String> mistakes = check.mistakes(kind, text);
    if (mistakes.isEmpty()) {
      entry.put(KEY, text);
      return;
    }
    List<Map<String, String>> variables;
    try {
      variables = PerfmonXml.read(text);
    } catch (IllegalArgumentException malformed) {
      notes.leaveOut(LEFT_OUT, name + ": " + shown(mistakes.get(0)));
      return;
    }
    List<Map<String, String>> kept = new ArrayList<>();
    for (Map<String, String> variable : variables) {
      List<String> wrong = check.mistakes(kind, PerfmonXml.write(List.of(variable)));
      if (wrong.isEmpty()) {
        kept.add(variable);
      } else {
        notes.leaveOut(LEFT_OUT, name + ": " + shown(wrong.get(0)));
      }
    }
    if (!kept.isEmpty()) {
      entry.put(KEY, PerfmonXml.write(kept));
    }
  }

  /** Notes what a control domain has: it reads that domain itself, which is not simulated. */
  void ofControlDomain(Row domain, String host) {
    if (!text(domain, host).isEmpty()) {
      notes.leaveOut("the alarms of a control domain, which reads its own files", host);
    }
  }

  private String text(Row row, String name) {
    try {
      return row.map("other_config").getOrDefault(KEY, "").strip();
    } catch (ImportException malformed) {
      notes.leaveOut("other-config that cannot be read, and alarms in it", name);
      return "";
    }
  }

  /** A mistake without its place in the text; what it quotes of the database is no text of ours. */
  private static String shown(String mistake) {
    String plain = mistake.replaceFirst("^[0-9]+:[0-9]+: ", "").replaceAll("\\p{Cntrl}", " ");
    return plain.length() > 120 ? plain.substring(0, 117) + "..." : plain;
  }
}
