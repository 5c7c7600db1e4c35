// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name with ranges in brackets: {@code web-[1..4]} is web-1, web-2, web-3 and web-4, {@code
 * vm[000..099]} keeps the zeros, {@code rack[1..2]-host[1..3]} is the six combinations, the last
 * range running fastest.
 */
public final class NamePattern {
  /** The most names that one pattern stands for. */
  public static final int MOST = 100_000;

  private static final Pattern RANGE = Pattern.compile("\\[([0-9]{1,9})\\.\\.([0-9]{1,9})]");

  private NamePattern() {}

  /** Returns whether a text holds a range. */
  public static boolean isPattern(String text) {
    return text.indexOf('[') >= 0 && RANGE.matcher(text).find();
  }

  /** Returns the number of names of a pattern; 1 for a plain name. */
  public static long count(String pattern) {
    long count = 1;
    Matcher matcher = RANGE.matcher(pattern);
    while (matcher.find()) {
      long low = Long.parseLong(matcher.group(1));
      long high = Long.parseLong(matcher.group(2));
      count = Math.min(Integer.MAX_VALUE, count * Math.max(0, high - low + 1));
    }
    return count;
  }

  /**
   * Returns the names of a pattern in order; none if a range ends before it begins.
   *
   * @throws IllegalArgumentException if there are more than {@link #MOST}
   */
  public static List<String> expand(String pattern) {
    if (count(pattern) > MOST) {
      throw new IllegalArgumentException(
          "\"" + Text.shorten(pattern) + "\" stands for more than " + MOST + " names");
    }
    List<String> names = List.of(pattern);
    while (!names.isEmpty() && isPattern(names.get(0))) {
      List<String> next = new ArrayList<>();
      for (String name : names) {
        Matcher matcher = RANGE.matcher(name);
        if (!matcher.find()) {
          throw new IllegalStateException(name);
        }
        long high = Long.parseLong(matcher.group(2));
        int width = matcher.group(1).startsWith("0") ? matcher.group(1).length() : 1;
        for (long n = Long.parseLong(matcher.group(1)); n <= high; n++) {
          String digits = Long.toString(n);
          next.add(
              name.substring(0, matcher.start())
                  + "0".repeat(Math.max(0, width - digits.length()))
                  + digits
                  + name.substring(matcher.end()));
        }
      }
      names = next;
    }
    return names;
  }

  /** Returns the pattern with each range replaced by a digit, or null if a range is not valid. */
  static String withoutRanges(String pattern) {
    Matcher matcher = RANGE.matcher(pattern);
    StringBuilder bare = new StringBuilder();
    while (matcher.find()) {
      if (Long.parseLong(matcher.group(1)) > Long.parseLong(matcher.group(2))) {
        return null;
      }
      matcher.appendReplacement(bare, "1");
    }
    matcher.appendTail(bare);
    return bare.indexOf("[") >= 0 || bare.indexOf("]") >= 0 ? null : bare.toString();
  }
}
