// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of xapi's XML database: a {@code %} escape layer of the attribute, and below it sets
 * and maps written as s-expressions: {@code ('a' 'b')}, {@code (('k' 'v') ('k2' 'v2'))}.
 */
final class XapiText {
  private static final int MAX_DEPTH = 64;

  private XapiText() {}

  /** Undoes the attribute's escapes: {@code %.} one space, {@code %_} two, {@code %t %n %r %%}. */
  static String unescape(String attribute) {
    int percent = attribute.indexOf('%');
    if (percent < 0) {
      return attribute;
    }
    StringBuilder text = new StringBuilder(attribute.length());
    text.append(attribute, 0, percent);
    for (int i = percent; i < attribute.length(); i++) {
      char c = attribute.charAt(i);
      if (c != '%' || i + 1 == attribute.length()) {
        text.append(c);
        continue;
      }
      char escaped = attribute.charAt(++i);
      switch (escaped) {
        case '.' -> text.append(' ');
        case '_' -> text.append("  ");
        case 't' -> text.append('\t');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case '%' -> text.append('%');
        default -> text.append('%').append(escaped);
      }
    }
    return text.toString();
  }

  /**
   * Reads a set of texts.
   *
   * @throws IllegalArgumentException if the text is not a set, with what was expected
   */
  static List<String> set(String text) {
    List<String> result = new ArrayList<>();
    for (Object element : parse(text)) {
      if (element instanceof String value) {
        result.add(value);
      } else {
        throw new IllegalArgumentException("a set of texts like ('a' 'b') was expected");
      }
    }
    return result;
  }

  /**
   * Reads a map of texts, in the order of the file; entries that are not pairs of texts are left
   * out, as structured values (a VM's last_booted_record) stand in some columns.
   *
   * @throws IllegalArgumentException if the text is not a map, with what was expected
   */
  static Map<String, String> map(String text) {
    Map<String, String> result = new LinkedHashMap<>();
    for (Object element : parse(text)) {
      if (element instanceof List<?> pair
          && pair.size() == 2
          && pair.get(0) instanceof String key
          && pair.get(1) instanceof String value) {
        result.put(key, value);
      }
    }
    return result;
  }

  private static List<Object> parse(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    Parser parser = new Parser(text);
    List<Object> list = parser.list(0);
    parser.end();
    return list;
  }

  /** A recursive reader of bounded depth. */
  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    List<Object> list(int depth) {
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException("it nests more than " + MAX_DEPTH + " levels deep");
      }
      skipSpace();
      expect('(');
      List<Object> elements = new ArrayList<>();
      while (true) {
        skipSpace();
        if (at >= text.length()) {
          throw new IllegalArgumentException("it ends inside a list: ')' was expected");
        }
        char c = text.charAt(at);
        if (c == ')') {
          at++;
          return elements;
        }
        elements.add(c == '(' ? list(depth + 1) : c == '\'' ? quoted() : bare());
      }
    }

    private String quoted() {
      at++;
      StringBuilder value = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '\'') {
          return value.toString();
        }
        if (c == '\\' && at < text.length()) {
          value.append(text.charAt(at++));
        } else {
          value.append(c);
        }
      }
      throw new IllegalArgumentException("it ends inside a quoted text: ' was expected");
    }

    private String bare() {
      int start = at;
      while (at < text.length() && " ()'\t\n\r".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    void end() {
      skipSpace();
      if (at < text.length()) {
        throw new IllegalArgumentException("text follows its last ')'");
      }
    }

    private void expect(char wanted) {
      if (at >= text.length() || text.charAt(at) != wanted) {
        throw new IllegalArgumentException(
            "'" + wanted + "' was expected at character " + (at + 1));
      }
      at++;
    }

    private void skipSpace() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }
  }
}
