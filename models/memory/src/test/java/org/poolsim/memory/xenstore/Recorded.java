// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory.xenstore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The measurements of both daemons. */
final class Recorded {
  private Recorded() {}

  /**
   * Returns the lines of a file, its comments left out; the first holds the names of the columns.
   */
  static List<String[]> rows(String file) throws IOException {
    List<String[]> rows = new ArrayList<>();
    try (BufferedReader csv =
        new BufferedReader(
            new InputStreamReader(
                Recorded.class.getResourceAsStream("/memory/" + file), StandardCharsets.UTF_8))) {
      for (String line = csv.readLine(); line != null; line = csv.readLine()) {
        if (!line.startsWith("#")) {
          rows.add(line.split(",", -1));
        }
      }
    }
    return rows;
  }
}
