// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.util.Locale;

/** XML or JSON: the better quality of the Accept header wins, a tie is JSON's. */
final class Negotiation {
  private Negotiation() {}

  /**
   * Returns whether the answer is JSON.
   *
   * @param accept the Accept header, or null
   * @param jsonKey whether the query has a key {@code json}, which decides where Accept does not
   */
  static boolean isJson(String accept, boolean jsonKey) {
    if (accept == null) {
      return jsonKey;
    }
    double json = quality(accept, "application", "json");
    double xml = quality(accept, "text", "xml");
    return (json <= 0 && xml <= 0) ? jsonKey : json >= xml;
  }

  /** The quality that the most specific matching range gives; -1 for none. */
  private static double quality(String accept, String type, String subtype) {
    int specific = -1;
    double found = -1;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", 64)) {
      String[] parts = range.split(";", 8);
      String media = parts[0].strip();
      int match =
          media.equals(type + "/" + subtype)
              ? 2
              : media.equals(type + "/*") ? 1 : media.equals("*/*") ? 0 : -1;
      if (match <= specific) {
        continue;
      }
      specific = match;
      found = 1;
      for (int i = 1; i < parts.length; i++) {
        String parameter = parts[i].strip();
        if (parameter.startsWith("q=")) {
          found = number(parameter.substring(2));
        }
      }
    }
    return found;
  }

  private static double number(String text) {
    return text.matches("[0-9]{1,3}(\\.[0-9]{0,6})?") ? Double.parseDouble(text) : 0;
  }
}
