// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.util.List;
import org.eclipse.jetty.util.Fields;

/** The parameters of a query. */
final class Parameters {
  private final Fields fields;

  Parameters(Fields fields) {
    this.fields = fields;
  }

  boolean has(String key) {
    return fields.get(key) != null;
  }

  String first(String key) {
    return fields.getValue(key);
  }

  List<String> all(String key) {
    return fields.getValuesOrEmpty(key);
  }

  /** Returns a whole number of up to 15 digits; null for anything else. */
  static Long integer(String text) {
    return text.matches("-?[0-9]{1,15}") ? Long.valueOf(text) : null;
  }
}
