// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.List;
import org.poolsim.validation.CaseFormatException;
import tools.jackson.databind.JsonNode;

/** The parameters of one row, checked as they are read. */
record Row(String place, JsonNode node) {
  boolean has(String key) {
    return node.has(key);
  }

  /** Returns the keys of the row. */
  List<String> names() {
    return List.copyOf(node.propertyNames());
  }

  double number(String key) {
    JsonNode value = node.get(key);
    if (value == null || !value.isNumber()) {
      throw new CaseFormatException(place + ": a number is expected for \"" + key + "\"");
    }
    double number = value.doubleValue();
    if (number < 0) {
      throw new CaseFormatException(
          place + ": \"" + key + "\" must not be negative, it is " + number);
    }
    return number;
  }

  double positive(String key) {
    double value = number(key);
    if (value == 0) {
      throw new CaseFormatException(place + ": \"" + key + "\" must be positive");
    }
    return value;
  }

  /** Returns a load that a station with room for all can carry. */
  double load(String key) {
    double value = positive(key);
    if (value >= 1) {
      throw new CaseFormatException(
          place + ": \"" + key + "\" must be below 1 where there is room for all, it is " + value);
    }
    return value;
  }

  int whole(String key) {
    double value = number(key);
    if (value != Math.rint(value) || value < 1 || value > 1_000_000) {
      throw new CaseFormatException(
          place + ": \"" + key + "\" must be a whole number from 1 to 1000000, it is " + value);
    }
    return (int) value;
  }

  double[] numbers(String key) {
    JsonNode values = node.get(key);
    if (values == null || !values.isArray() || values.isEmpty()) {
      throw new CaseFormatException(
          place + ": an array of numbers is expected for \"" + key + "\"");
    }
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!values.get(i).isNumber() || values.get(i).doubleValue() < 0) {
        throw new CaseFormatException(
            place + "/" + key + "/" + i + ": a number that is not negative is expected");
      }
      numbers[i] = values.get(i).doubleValue();
    }
    return numbers;
  }
}
