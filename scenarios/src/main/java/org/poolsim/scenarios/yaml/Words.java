// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Unions written as a scalar. */
final class Words {
  private Words() {}

  /** Returns the mapping that a scalar stands for, or {@code null} if the union has no words. */
  static Node.Mapping mapping(Class<?> union, Node.Scalar scalar, Set<String> kinds) {
    InWords inWords = union.getAnnotation(InWords.class);
    if (inWords == null) {
      return null;
    }
    String text = scalar.text().strip();
    int space = text.indexOf(' ');
    String kind = inWords.alone();
    String value = text;
    if (space > 0 && Character.isLetter(text.charAt(0))) {
      String word = text.substring(0, space);
      String nearest = kinds.contains(word) ? word : Text.nearest(word, kinds);
      // A word that is only near becomes an unknown key, which is reported with the right one.
      kind = nearest == null ? inWords.alone() : word;
      value = nearest == null ? text : text.substring(space + 1).strip();
    }
    Map<String, Node.Entry> only = new LinkedHashMap<>();
    only.put(
        kind,
        new Node.Entry(
            scalar.position(), new Node.Scalar(scalar.position(), value, scalar.plain())));
    return Node.Mapping.of(scalar.position(), only);
  }
}
