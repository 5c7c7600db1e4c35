// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpufluid;

import java.nio.file.Path;
import java.util.BitSet;
import org.poolsim.validation.CaseFormatException;
import tools.jackson.databind.JsonNode;

/** Reads a case file and says where it is not one. */
final class CaseReader {
  private final Path file;

  private CaseReader(Path file) {
    this.file = file;
  }

  static CaseReader of(Path file) {
    return new CaseReader(file);
  }

  JsonNode field(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      throw new CaseFormatException(
          file + ": a scheduler case has a field '" + name + "' here: " + shortened(object));
    }
    return value;
  }

  long number(JsonNode object, String name) {
    JsonNode value = field(object, name);
    if (!value.isIntegralNumber() || value.longValue() < 0) {
      throw new CaseFormatException(
          file + ": '" + name + "' must be a whole number from 0, not " + shortened(value));
    }
    return value.longValue();
  }

  int integer(JsonNode object, String name) {
    return Math.toIntExact(number(object, name));
  }

  String text(JsonNode object, String name) {
    JsonNode value = field(object, name);
    if (!value.isString()) {
      throw new CaseFormatException(
          file + ": '" + name + "' must be a text, not " + shortened(value));
    }
    return value.stringValue();
  }

  BitSet mask(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    BitSet mask = new BitSet();
    for (JsonNode pcpu : value) {
      mask.set(pcpu.intValue());
    }
    return mask;
  }

  CaseFormatException problem(String what) {
    return new CaseFormatException(file + ": " + what);
  }

  private static String shortened(JsonNode node) {
    String text = node.toString();
    return text.length() > 80 ? text.substring(0, 80) + "..." : text;
  }
}
