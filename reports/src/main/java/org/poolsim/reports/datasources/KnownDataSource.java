// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.datasources;

import java.util.regex.Pattern;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Owner;

/**
 * A data source, or a family of them, of a real host.
 *
 * @param kind whose it is
 * @param name the name; a part in angle brackets stands for a number, a device or a uuid
 * @param type how values become rates
 * @param units units as published; may be empty
 * @param min smallest valid rate
 * @param max largest valid rate
 * @param enabled whether it is recorded by default
 * @param plugin who publishes it
 */
public record KnownDataSource(
    Owner.Kind kind,
    String name,
    Description.Type type,
    String units,
    double min,
    double max,
    boolean enabled,
    String plugin) {
  /** Returns whether a registered source is one of this family. */
  public boolean matches(Description description) {
    return description.owner().kind() == kind && pattern().matcher(description.name()).matches();
  }

  private Pattern pattern() {
    StringBuilder regex = new StringBuilder();
    int at = 0;
    while (at < name.length()) {
      int open = name.indexOf('<', at);
      int close = open < 0 ? -1 : name.indexOf('>', open);
      if (close < 0) {
        break;
      }
      regex.append(Pattern.quote(name.substring(at, open)));
      regex.append(
          switch (name.substring(open + 1, close)) {
            case "n" -> "[0-9]+";
            case "sr8" -> "[0-9a-f]{8}";
            case "uuid" -> "[0-9a-f-]{36}";
            default -> "[A-Za-z0-9.:-]+?";
          });
      at = close + 1;
    }
    return Pattern.compile(regex.append(Pattern.quote(name.substring(at))).toString());
  }
}
