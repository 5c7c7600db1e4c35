// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Words for messages. */
public final class Text {
  private static final int LONGEST_QUOTE = 40;
  private static final int LISTED = 12;

  private Text() {}

  /** Returns a text short enough to quote in one line. */
  public static String shorten(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    if (line.length() <= LONGEST_QUOTE) {
      return line;
    }
    int end =
        Character.isHighSurrogate(line.charAt(LONGEST_QUOTE - 1))
            ? LONGEST_QUOTE - 1
            : LONGEST_QUOTE;
    return line.substring(0, end) + "...";
  }

  /**
   * Returns {@code ; did you mean "x"?} for the valid word nearest to what was written, or the list
   * of valid words if none is near and there are few, or else nothing.
   */
  public static String suggest(String written, Collection<String> valid) {
    String nearest = nearest(written, valid);
    if (nearest != null) {
      return "; did you mean \"" + nearest + "\"?";
    }
    if (valid.isEmpty()) {
      return "";
    }
    return valid.size() <= LISTED ? "; expected " + oneOf(valid) : "";
  }

  /** Returns the valid word nearest to what was written, or {@code null} if none is near. */
  public static String nearest(String written, Collection<String> valid) {
    String best = null;
    String wanted = written.toLowerCase(Locale.ROOT);
    int bestDistance = Integer.MAX_VALUE;
    int examined = 0;
    for (String word : valid) {
      // Names of a large pool: a look at ten thousand of them is enough for a suggestion.
      if (examined++ > 10_000) {
        break;
      }
      int allowed = Math.max(1, Math.min(wanted.length(), word.length()) / 3 + 1);
      int distance =
          distance(wanted, word.toLowerCase(Locale.ROOT), Math.min(allowed, bestDistance - 1));
      if (distance <= allowed && distance < bestDistance) {
        bestDistance = distance;
        best = word;
      }
    }
    return best;
  }

  /** Returns {@code a, b or c}. */
  public static String oneOf(Collection<String> words) {
    List<String> list = List.copyOf(words);
    if (list.size() < 2) {
      return String.join("", list);
    }
    return String.join(", ", list.subList(0, list.size() - 1)) + " or " + list.get(list.size() - 1);
  }

  /**
   * Returns the number of insertions, deletions, replacements and swaps of neighbours that make one
   * word the other (optimal string alignment), or a number above the limit once it is exceeded.
   */
  static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      int lowest = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(last[j - 1] + cost, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, beforeLast[j - 2] + 1);
        }
        row[j] = best;
        lowest = Math.min(lowest, best);
      }
      if (lowest > limit) {
        return limit + 1;
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }
}
