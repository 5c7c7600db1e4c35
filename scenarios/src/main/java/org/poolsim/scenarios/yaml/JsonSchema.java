// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON Schema (draft 2020-12) of a record, as a tree of maps, lists and values. It follows from
 * the very fields that the binder reads. What a schema cannot say is left to the binder: limits of
 * numbers with units, and everything between two places.
 */
public final class JsonSchema {
  private static final String NUMBER = "([0-9]+(\\.[0-9]+)?|\\.[0-9]+) ?";
  private static final String PART = ".part";

  private final Map<String, Object> definitions = new TreeMap<>();

  private JsonSchema() {}

  /**
   * Returns the schema of a record class.
   *
   * @param id the schema's own address
   */
  public static Map<String, Object> of(Class<?> root, String id, String title) {
    JsonSchema schema = new JsonSchema();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    tree.put("$id", id);
    tree.put("title", title);
    tree.putAll(schema.reference(root, null, false));
    tree.put("$defs", schema.definitions);
    return tree;
  }

  private Map<String, Object> reference(Class<?> type, Quantity quantity, boolean partial) {
    String name =
        (type.getEnclosingClass() == null ? "" : type.getEnclosingClass().getSimpleName() + ".")
            + type.getSimpleName()
            + (quantity == null ? "" : "." + quantity.name().toLowerCase(Locale.ROOT))
            + (partial ? PART : "");
    if (!definitions.containsKey(name)) {
      definitions.put(name, Map.of()); // so that a type may hold itself
      definitions.put(
          name,
          type.isInterface() ? union(type, quantity, partial) : record(type, quantity, partial));
    }
    return map("$ref", "#/$defs/" + name);
  }

  private Map<String, Object> record(Class<?> type, Quantity quantity, boolean partial) {
    Shape shape = Shape.of(type);
    Map<String, Object> mapping = mapping(shape, quantity, partial, Map.of());
    Map<String, Object> whole = mapping;
    if (!partial && shape.completedBy() != null) {
      whole =
          map(
              "if", map("required", List.of(shape.completedBy())),
              "then", reference(type, quantity, true),
              "else", mapping);
      // A value that is no mapping satisfies "required".
      whole.put("type", "object");
    }
    if (shape.shorthand() == null) {
      return whole;
    }
    Field only = shape.fields().get(shape.shorthand()).inheriting(quantity);
    return map("anyOf", List.of(value(only, partial), whole));
  }

  private Map<String, Object> mapping(
      Shape shape, Quantity quantity, boolean partial, Map<String, Object> more) {
    Map<String, Object> properties = new LinkedHashMap<>(more);
    List<String> required = new ArrayList<>(more.keySet());
    for (Field declared : shape.fields().values()) {
      Field field = declared.inheriting(quantity);
      Map<String, Object> property = new LinkedHashMap<>();
      property.put("description", description(field));
      property.putAll(value(field, partial || field.partial()));
      properties.put(field.key(), property);
      if (field.need() == Field.Need.REQUIRED && !partial) {
        required.add(field.key());
      }
    }
    Map<String, Object> mapping = new LinkedHashMap<>();
    Doc doc = shape.type().getAnnotation(Doc.class);
    if (doc != null) {
      mapping.put("description", doc.value());
    }
    mapping.put("type", "object");
    mapping.put("properties", properties);
    if (!required.isEmpty()) {
      mapping.put("required", required);
    }
    mapping.put("additionalProperties", false);
    return mapping;
  }

  private static String description(Field field) {
    return switch (field.need()) {
      case REQUIRED -> field.doc();
      case DEFAULT ->
          field.text().equals("{}") || field.text().equals("[]")
              ? field.doc()
              : field.doc() + " Default: " + field.text() + ".";
      case COMPUTED -> field.doc() + " If left out: " + field.text() + ".";
      case ABSENT -> field.doc() + " Optional; if left out: " + field.text() + ".";
    };
  }

  private Map<String, Object> union(Class<?> union, Quantity quantity, boolean partial) {
    List<Object> kinds = new ArrayList<>();
    ChosenBy chosenBy = union.getAnnotation(ChosenBy.class);
    for (Class<?> kind : Shape.kinds(union)) {
      if (chosenBy != null) {
        String called = Shape.kindNames(union, kind).get(0);
        kinds.add(
            mapping(
                Shape.of(kind), quantity, partial, map(chosenBy.value(), map("const", called))));
      } else {
        kinds.add(kind(union, kind, quantity, partial));
      }
    }
    if (union.isAnnotationPresent(InWords.class)) {
      kinds.add(words(union, quantity));
    }
    return map("anyOf", kinds);
  }

  private Map<String, Object> kind(
      Class<?> union, Class<?> kind, Quantity quantity, boolean partial) {
    Map<String, Object> mapping = mapping(Shape.of(kind), quantity, partial, Map.of());
    List<Object> told = new ArrayList<>();
    for (String key : Shape.kindNames(union, kind)) {
      told.add(map("required", List.of(key)));
    }
    mapping.put("anyOf", told);
    return mapping;
  }

  /** Returns what a union is when written as a scalar. */
  private static Map<String, Object> words(Class<?> union, Quantity quantity) {
    String alone = union.getAnnotation(InWords.class).alone();
    List<String> patterns = new ArrayList<>();
    for (Class<?> kind : Shape.kinds(union)) {
      Field first = Shape.of(kind).fields().values().iterator().next().inheriting(quantity);
      if (first.quantity() == null
          || (first.raw().isRecord() && first.raw() != Span.class)
          || first.raw() == List.class) {
        if (alone.equals(first.key())) {
          return map("type", List.of("string", "number"));
        }
        continue;
      }
      String pattern =
          first.raw() == Span.class ? span(first.quantity()) : pattern(first.quantity());
      patterns.add(
          (alone.equals(first.key()) ? "(" + first.key() + " +)?" : first.key() + " +") + pattern);
    }
    return map("type", "string", "pattern", "^(" + String.join("|", patterns) + ")$");
  }

  private static String pattern(Quantity quantity) {
    String units = String.join("|", quantity.unitNames());
    String one = NUMBER + "(" + units + ")";
    return quantity == Quantity.TIME ? "(" + one + ")+" : "(" + one + ")";
  }

  private static String span(Quantity quantity) {
    return pattern(quantity) + "(\\.\\." + pattern(quantity) + ")?";
  }

  private Map<String, Object> value(Field field, boolean partial) {
    Class<?> raw = field.raw();
    if (raw == List.class) {
      Field entry = field.entry(field.argument());
      Map<String, Object> list =
          map("type", "array", "items", value(entry, partial), "maxItems", field.most());
      return field.orOne() ? map("anyOf", List.of(list, value(entry, partial))) : list;
    } else if (raw == Map.class) {
      Field entry = field.entry(field.argument());
      return map(
          "type", "object",
          "additionalProperties", value(entry, partial),
          "maxProperties", field.most());
    } else if (raw.isEnum()) {
      return map("enum", constants(raw));
    } else if (raw == boolean.class || raw == Boolean.class) {
      return map("type", "boolean");
    } else if (raw == Span.class) {
      return map("type", "string", "pattern", "^" + span(field.quantity()) + "$");
    } else if (raw == String.class) {
      return map(
          "type",
          field.nullIsAWord() ? List.of("string", "number", "null") : List.of("string", "number"));
    } else if (raw.isRecord() || raw.isInterface()) {
      return reference(raw, field.quantity(), partial);
    } else if (field.quantity() != null && field.quantity() != Quantity.NUMBER) {
      return map("type", "string", "pattern", "^" + pattern(field.quantity()) + "$");
    }
    return number(field);
  }

  private static Map<String, Object> number(Field field) {
    Map<String, Object> number = map("type", field.whole() ? "integer" : "number");
    if (!field.min().isEmpty()) {
      number.put("minimum", bound(field, field.min()));
    }
    if (!field.max().isEmpty()) {
      number.put("maximum", bound(field, field.max()));
    }
    return number;
  }

  private static Object bound(Field field, String text) {
    if (field.whole()) {
      return Long.valueOf(text);
    }
    return Double.valueOf(text);
  }

  private static List<Object> constants(Class<?> type) {
    List<Object> names = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      String word = Field.constant((Enum<?>) constant);
      names.add(word);
      if (word.matches("[0-9]{1,9}")) {
        names.add(Long.valueOf(word));
      }
    }
    return names;
  }

  private static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
