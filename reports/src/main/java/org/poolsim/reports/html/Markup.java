// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML; every text and attribute is escaped for its place. */
final class Markup {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element with attributes given as name, value, name, value; a null value leaves one
   * out.
   */
  Markup open(String tag, String... attributes) {
    start(tag, attributes);
    open.push(tag);
    return this;
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      if (attributes[i + 1] != null) {
        out.append(' ').append(attributes[i]).append("=\"");
        escape(attributes[i + 1]);
        out.append('"');
      }
    }
    out.append('>');
  }

  /** Closes the innermost open element. */
  Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Closes the innermost open element and ends the line. */
  Markup closeLine() {
    close();
    out.append('\n');
    return this;
  }

  /** Writes an element that holds nothing but text. */
  Markup element(String tag, String text, String... attributes) {
    open(tag, attributes);
    text(text);
    return close();
  }

  /** Writes an element without content or end tag, such as {@code meta}. */
  Markup single(String tag, String... attributes) {
    start(tag, attributes);
    return this;
  }

  /** Writes text. */
  Markup text(String text) {
    escape(text);
    return this;
  }

  /** Writes what is markup already: the page's own parts, never text from a scenario. */
  Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Returns the number of characters so far. */
  int length() {
    return out.length();
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> {
          // Control characters are not allowed in HTML, not even escaped.
          boolean allowed = c >= 0x20 || c == '\n' || c == '\t';
          out.append(allowed ? c : '\ufffd');
        }
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
