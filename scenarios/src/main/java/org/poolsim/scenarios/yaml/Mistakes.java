// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects everything that is wrong so that it can be reported at once. The same message at the
 * same place counts once: a template that is used by a hundred VMs is wrong once.
 */
public final class Mistakes {
  /** What is kept at most; a file of another kind altogether would otherwise fill the screen. */
  public static final int LIMIT = 100;

  private final Set<Mistake> found = new LinkedHashSet<>();
  private int dropped;

  /** Adds a mistake; line breaks in the message become spaces. */
  public void add(Position position, String message) {
    Mistake mistake =
        new Mistake(
            position.file(), position.line(), position.column(), message.replaceAll("\\R", " "));
    if (found.size() < LIMIT) {
      found.add(mistake);
    } else if (!found.contains(mistake)) {
      dropped++;
    }
  }

  /** Returns how many different mistakes are kept. */
  public int count() {
    return found.size();
  }

  /** Returns whether nothing is wrong. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * Returns the mistakes by file, line and column; a last one says how many more there were if
   * there were more than {@link #LIMIT}.
   */
  public List<Mistake> list() {
    List<Mistake> list = new ArrayList<>(found);
    list.sort(Comparator.comparing(Mistake::position));
    if (dropped > 0) {
      Mistake last = list.get(list.size() - 1);
      list.add(new Mistake(last.file(), 0, 0, "and " + dropped + " more mistakes"));
    }
    return List.copyOf(list);
  }
}
