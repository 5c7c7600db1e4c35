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
    return of(row.reference(), row.label());
  }

  /** Returns the name of what has a reference, made from a text. */
  String of(String reference, String text) {
    return byReference.computeIfAbsent(reference, key -> unique(plain(text)));
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

  /** Returns a text as a name: odd characters replaced, not too long, never empty. */
  static String plain(String label) {
    StringBuilder name = new StringBuilder();
    label
        .strip()
        .codePoints()
        .forEach(
            c ->
                name.appendCodePoint(
                    Character.isLetterOrDigit(c) || " ._-()".indexOf(c) >= 0 ? c : '_'));
    if (name.length() > MAX_LENGTH) {
      name.setLength(
          Character.isHighSurrogate(name.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH);
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
