// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.poolsim.validation.CaseFormatException;
import org.poolsim.validation.CaseJson;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/**
 * A JSON file of cases, read field by field; what is wrong with it is collected and told at once,
 * each with its line and column.
 */
final class CaseFile {
  private final Path file;
  private final String text;
  private final JsonNode root;
  private final List<Problem> problems = new ArrayList<>();

  private CaseFile(Path file, String text, JsonNode root) {
    this.file = file;
    this.text = text;
    this.root = root;
  }

  static CaseFile read(Path file) throws IOException {
    String text = Files.readString(file);
    return new CaseFile(file, text, CaseJson.parse(file, text));
  }

  /** Returns the cases: the elements of the top array. */
  List<Field> cases() {
    return new Field(root, "").elements();
  }

  /** Throws if anything read so far was wrong. */
  void check() {
    if (problems.isEmpty()) {
      return;
    }
    Map<String, TokenStreamLocation> places = places();
    StringJoiner message = new StringJoiner("\n");
    for (Problem problem : problems) {
      String pointer = problem.pointer();
      while (!places.containsKey(pointer) && !pointer.isEmpty()) {
        pointer = pointer.substring(0, pointer.lastIndexOf('/'));
      }
      TokenStreamLocation at = places.get(pointer);
      message.add(
          file
              + ":"
              + at.getLineNr()
              + ":"
              + at.getColumnNr()
              + ": "
              + problem.pointer()
              + ": "
              + problem.text());
    }
    throw new CaseFormatException(message.toString());
  }

  private Map<String, TokenStreamLocation> places() {
    Map<String, TokenStreamLocation> places = new HashMap<>();
    try (JsonParser parser = CaseJson.MAPPER.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.PROPERTY_NAME) {
          places.putIfAbsent(
              parser.streamReadContext().pathAsPointer().toString(), parser.currentTokenLocation());
        }
      }
    }
    places.putIfAbsent("", new TokenStreamLocation(null, 0, 1, 1));
    return places;
  }

  private record Problem(String pointer, String text) {}

  /** One value of the file; missing values read as zero or empty and are noted. */
  final class Field {
    private final JsonNode node;
    private final String pointer;

    private Field(JsonNode node, String pointer) {
      this.node = node;
      this.pointer = pointer;
    }

    JsonNode json() {
      return node;
    }

    boolean has(String name) {
      return node.hasNonNull(name);
    }

    Field get(String name) {
      String place = pointer + "/" + name;
      JsonNode value = node.path(name);
      if (value.isMissingNode()) {
        problems.add(new Problem(place, "is missing"));
      }
      return new Field(value, place);
    }

    List<Field> elements() {
      List<Field> elements = new ArrayList<>();
      if (expect(node.isArray(), "an array")) {
        for (int i = 0; i < node.size(); i++) {
          elements.add(new Field(node.get(i), pointer + "/" + i));
        }
      }
      return elements;
    }

    String text(String name) {
      Field field = get(name);
      return field.expect(field.node.isString(), "a text") ? field.node.stringValue() : "";
    }

    String oneOf(String name, List<String> valid) {
      Field field = get(name);
      String value = field.node.isString() ? field.node.stringValue() : "";
      return field.expect(valid.contains(value), "one of " + valid) ? value : valid.get(0);
    }

    long amount(String name) {
      Field field = get(name);
      return field.amount();
    }

    long amount() {
      return expect(node.isIntegralNumber() && node.canConvertToLong(), "a whole number")
          ? node.longValue()
          : 0;
    }

    int count(String name) {
      Field field = get(name);
      return field.count();
    }

    int count() {
      return expect(node.isIntegralNumber() && node.canConvertToInt(), "a whole number of 32 bits")
          ? node.intValue()
          : 0;
    }

    double number(String name) {
      Field field = get(name);
      return field.expect(field.node.isNumber(), "a number") ? field.node.doubleValue() : 0;
    }

    boolean truth(String name) {
      Field field = get(name);
      return field.expect(field.node.isBoolean(), "true or false") && field.node.booleanValue();
    }

    void wrong(String what) {
      problems.add(new Problem(pointer, what));
    }

    private boolean expect(boolean holds, String expected) {
      if (!holds && !node.isMissingNode()) {
        String found = node.toString();
        wrong(
            "expected "
                + expected
                + ", found "
                + (found.length() > 40 ? found.substring(0, 40) + "..." : found));
      }
      return holds;
    }
  }
}
