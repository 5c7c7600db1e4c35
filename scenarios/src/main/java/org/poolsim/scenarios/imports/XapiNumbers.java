// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import org.poolsim.scenarios.imports.XapiDatabase.Row;

/** Numbers and uuids as they stand in maps of a database, where nothing checks them. */
final class XapiNumbers {
  private XapiNumbers() {}

  /** Returns a whole number of 0 or more, or {@code absent} for any other text. */
  static long whole(String text, long absent) {
    if (text == null || !text.matches("[0-9]{1,18}")) {
      return absent;
    }
    return Long.parseLong(text);
  }

  /** Returns a number of 0 or more, or {@code absent} for any other text. */
  static double decimal(String text, double absent) {
    if (text == null || !text.matches("[0-9]{1,12}(\\.[0-9]*)?")) {
      return absent;
    }
    return Double.parseDouble(text);
  }

  /** Returns the nearest value between two bounds. */
  static long clamp(long value, long low, long high) {
    return Math.max(low, Math.min(high, value));
  }

  /** Returns whether a row has a uuid of the usual shape. */
  static boolean hasUuid(Row row) {
    return row.uuid().matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  }
}
