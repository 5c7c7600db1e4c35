// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Range checks of last resort: each names the value, what it is and what was expected. */
final class Require {
  private Require() {}

  static void name(String name, String what) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException(
          "the name of " + what + " is empty; expected at least one character");
    }
  }

  static void present(Object value, String what) {
    if (value == null) {
      throw new IllegalArgumentException(what + " is missing");
    }
  }

  static void positive(long value, String what) {
    if (value <= 0) {
      throw new IllegalArgumentException(what + " is " + value + "; expected more than 0");
    }
  }

  static void notNegative(long value, String what) {
    if (value < 0) {
      throw new IllegalArgumentException(what + " is " + value + "; expected 0 or more");
    }
  }

  static void between(long value, long low, long high, String what) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          what + " is " + value + "; expected " + low + " to " + high);
    }
  }

  static void between(double value, double low, double high, String what) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          what + " is " + value + "; expected " + low + " to " + high);
    }
  }

  static void positive(double value, String what) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          what + " is " + value + "; expected a finite number above 0");
    }
  }

  static void notNegative(double value, String what) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          what + " is " + value + "; expected a finite number, 0 or more");
    }
  }

  static void notEmpty(Collection<?> values, String what) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(what + " is empty; expected at least one entry");
    }
  }

  static void unique(Iterable<String> names, String what) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "two " + what + " are named " + name + "; expected different names");
      }
    }
  }
}
