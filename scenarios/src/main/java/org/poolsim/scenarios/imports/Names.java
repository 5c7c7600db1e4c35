// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Names for the objects of a pool as the scenario language takes them: a real pool may give two VMs
 * one label, and any character is allowed in it.
 */
final class Names {
  private static final int MAX_LENGTH = 80;

  private final Map<String, String> byReference = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /**
   * Returns the name of an object: its label with odd characters replaced, made unique by a number.
   */
  String of(XapiDatabase.Row row) {
    return byReference.computeIfAbsent(row.reference(), reference -> unique(plain(row.label())));
  }

  private String unique(String name) {
    if (taken.add(name)) {
      return name;
    }
    for (int number = 2; ; number++) {
      String numbered = name + "-" + number;
      if (taken.add(numbered)) {
        return numbered;
      }
    }
  }

  private static String plain(String label) {
    StringBuilder name = new StringBuilder();
    label
        .strip()
        .codePoints()
        .forEach(
            c ->
                name.appendCodePoint(
                    Character.isLetterOrDigit(c) || " ._-()".indexOf(c) >= 0 ? c : '_'));
    if (name.length() > MAX_LENGTH) {
      name.setLength(MAX_LENGTH);
    }
    while (name.length() > 0 && " -".indexOf(name.charAt(name.length() - 1)) >= 0) {
      name.setLength(name.length() - 1);
    }
    if (name.length() == 0 || !Character.isLetterOrDigit(name.codePointAt(0))) {
      name.insert(0, '_');
    }
    String last = name.substring(name.length() - 1);
    return last.equals("(") ? name + "_" : name.toString();
  }
}
