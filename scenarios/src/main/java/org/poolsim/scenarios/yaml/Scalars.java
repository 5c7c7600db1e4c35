// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values that are one word. */
final class Scalars {
  private Scalars() {}

  /**
   * Returns the value of a scalar.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static Object read(Field field, Node.Scalar scalar) {
    Class<?> raw = field.raw();
    String text = scalar.text();
    if (raw == String.class) {
      return text;
    } else if (raw == boolean.class || raw == Boolean.class) {
      if (scalar.plain() && (text.equals("true") || text.equals("false"))) {
        return text.equals("true");
      }
      throw new IllegalArgumentException(
          "found \"" + Text.shorten(text) + "\", expected true or false");
    } else if (raw.isEnum()) {
      return constant(raw, text);
    } else if (raw == Span.class) {
      return span(field, text);
    }
    return number(field, raw, text);
  }

  private static Object constant(Class<?> raw, String text) {
    List<String> names = new ArrayList<>();
    for (Object value : raw.getEnumConstants()) {
      String name = Field.constant((Enum<?>) value);
      if (name.equals(text)) {
        return value;
      }
      names.add(name);
    }
    throw new IllegalArgumentException(
        "unknown value \"" + Text.shorten(text) + "\"" + Text.suggest(text, names));
  }

  private static Span span(Field field, String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      double both = quantity(field).parse(text);
      check(field, both, text);
      return new Span(both, both);
    }
    double low = quantity(field).parse(text.substring(0, dots));
    double high = quantity(field).parse(text.substring(dots + 2));
    if (low > high) {
      throw new IllegalArgumentException(
          "\"" + Text.shorten(text) + "\" runs backwards, expected the smaller end first");
    }
    check(field, low, text);
    check(field, high, text);
    return new Span(low, high);
  }

  private static Object number(Field field, Class<?> raw, String text) {
    if (raw == double.class || raw == Double.class) {
      double value = field.quantity() == null ? plainNumber(text) : quantity(field).parse(text);
      check(field, value, text);
      return value;
    }
    long value = field.quantity() == null ? wholeNumber(text) : quantity(field).parseWhole(text);
    check(field, (double) value, text);
    if (raw == int.class || raw == Integer.class) {
      if (value != (int) value) {
        throw new IllegalArgumentException("\"" + Text.shorten(text) + "\" is too large");
      }
      return (int) value;
    }
    return value;
  }

  private static double plainNumber(String text) {
    try {
      if (text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")) {
        double value = Double.parseDouble(text);
        if (Double.isFinite(value)) {
          return value;
        }
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + Text.shorten(text) + "\" is not a number", e);
    }
    throw new IllegalArgumentException("\"" + Text.shorten(text) + "\" is not a number");
  }

  private static long wholeNumber(String text) {
    if (text.matches("-?[0-9]{1,18}")) {
      return Long.parseLong(text);
    }
    if (text.matches("-?[0-9]+")) {
      throw new IllegalArgumentException("\"" + Text.shorten(text) + "\" has more than 18 digits");
    }
    throw new IllegalArgumentException("\"" + Text.shorten(text) + "\" is not a whole number");
  }

  private static void check(Field field, double value, String text) {
    double min = bound(field, field.min(), Double.NEGATIVE_INFINITY);
    double max = bound(field, field.max(), Double.POSITIVE_INFINITY);
    if (value >= min && value <= max) {
      return;
    }
    throw new IllegalArgumentException(
        "\"" + Text.shorten(text) + "\" is out of range, expected " + range(field));
  }

  private static double bound(Field field, String text, double none) {
    if (text.isEmpty()) {
      return none;
    }
    return field.quantity() == null ? Double.parseDouble(text) : quantity(field).parse(text);
  }

  private static Quantity quantity(Field field) {
    return field.quantity() == null ? Quantity.NUMBER : field.quantity();
  }

  static String range(Field field) {
    if (!field.min().isEmpty() && field.min().equals(field.max())) {
      return field.min();
    }
    if (field.max().isEmpty()) {
      return field.min() + " or more";
    }
    return field.min().isEmpty() ? field.max() + " or less" : field.min() + " to " + field.max();
  }

  /** Returns what a field's value should look like, for messages. */
  static String expectation(Field field) {
    Class<?> raw = field.raw();
    if (raw == List.class) {
      return "a list";
    } else if (raw == Map.class) {
      return "names and values";
    } else if (raw.isEnum()) {
      List<String> names = new ArrayList<>();
      for (Object value : raw.getEnumConstants()) {
        names.add(Field.constant((Enum<?>) value));
      }
      return Text.oneOf(names);
    } else if (raw == boolean.class || raw == Boolean.class) {
      return "true or false";
    } else if (raw == Span.class) {
      return quantity(field).example() + ", or a range LOW..HIGH";
    } else if (raw == String.class) {
      return field.name() != null || field.refersTo() != null ? "a name" : "a text";
    } else if (raw.isRecord() || raw.isInterface()) {
      return field.quantity() == null ? Shape.aTitle(raw) : quantity(field).example();
    }
    String what =
        field.quantity() != null
            ? quantity(field).example()
            : field.whole() ? "a whole number" : "a number";
    return field.min().isEmpty() && field.max().isEmpty() ? what : what + ", " + range(field);
  }
}
