// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

/** Text inside XML elements and JSON strings. */
final class XmlText {
  static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private XmlText() {}

  static void element(StringBuilder to, String name, String text) {
    to.append('<').append(name).append('>');
    escape(to, text);
    close(to, name);
  }

  /** Ends an element; an empty one is written in the short form, as the library does. */
  static void close(StringBuilder to, String name) {
    int contentStart = to.lastIndexOf(">") + 1;
    if (contentStart == to.length()
        && to.length() > name.length() + 1
        && to.charAt(to.length() - name.length() - 2) == '<'
        && to.indexOf(name, to.length() - name.length() - 1) >= 0) {
      to.setLength(to.length() - 1);
      to.append("/>");
    } else {
      to.append("</").append(name).append('>');
    }
  }

  static void escape(StringBuilder to, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> to.append("&amp;");
        case '<' -> to.append("&lt;");
        case '>' -> to.append("&gt;");
        case '"' -> to.append("&quot;");
        default -> to.append(c);
      }
    }
  }

  static void jsonString(StringBuilder to, String text) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        to.append('\\').append(c);
      } else if (c < ' ') {
        to.append(String.format("\\u%04x", (int) c));
      } else {
        to.append(c);
      }
    }
    to.append('"');
  }

  static void jsonMember(StringBuilder to, String key, String text) {
    to.append('"').append(key).append("\":");
    jsonString(to, text);
  }
}
