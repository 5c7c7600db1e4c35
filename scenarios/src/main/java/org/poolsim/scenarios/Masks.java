// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.poolsim.scenarios.yaml.Text;

/** Lists of pCPUs as text: {@code 0-3,8}. */
final class Masks {
  private static final int MOST = 32_768;

  private Masks() {}

  /**
   * Returns the masks of several texts, each of which may hold several with semicolons between them
   * as the toolstack writes them: {@code 1,2,3;4,5,6}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static List<List<Integer>> parseAll(List<String> texts) {
    List<List<Integer>> masks = new ArrayList<>();
    for (String text : texts) {
      for (String mask : text.split(";", -1)) {
        masks.add(parse(mask));
      }
    }
    return masks;
  }

  /**
   * Returns the pCPUs in order.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static List<Integer> parse(String text) {
    TreeSet<Integer> pcpus = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      String item = part.strip();
      if (!item.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
        throw new IllegalArgumentException(
            "\"" + Text.shorten(text) + "\" is not a list of pCPUs such as 0-3,8");
      }
      int dash = item.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? item : item.substring(0, dash));
      int last = Integer.parseInt(dash < 0 ? item : item.substring(dash + 1));
      if (first > last || last >= MOST) {
        throw new IllegalArgumentException(
            "\"" + Text.shorten(text) + "\" runs backwards or beyond pCPU " + (MOST - 1));
      }
      for (int pcpu = first; pcpu <= last; pcpu++) {
        pcpus.add(pcpu);
      }
    }
    return new ArrayList<>(pcpus);
  }
}
