// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A setting that the user left to its default.
 *
 * @param path keys with dots between them, an entry of a list in brackets by name or number
 * @param value as it would be written; empty for a computed value
 * @param rule how it is computed; empty for a fixed default
 */
public record Defaulted(String path, String value, String rule) {
  /** Returns every defaulted setting of a document, in its order. */
  public static List<Defaulted> of(Bound<?> bound) {
    List<Defaulted> found = new ArrayList<>();
    Map<Class<?>, Shape> shapes = new LinkedHashMap<>();
    collect("", bound.value(), bound.places(), shapes, found);
    return List.copyOf(found);
  }

  private static void collect(
      String path,
      Object record,
      Places places,
      Map<Class<?>, Shape> shapes,
      List<Defaulted> found) {
    Shape shape = shapes.computeIfAbsent(record.getClass(), Shape::of);
    for (Field field : shape.fields().values()) {
      Object value = field.get(record);
      String key = path.isEmpty() ? field.key() : path + "." + field.key();
      boolean given = places.given(record, field.key());
      if (!given && field.need() == Field.Need.COMPUTED) {
        found.add(new Defaulted(key, "", field.text()));
      } else if (!given && field.need() == Field.Need.DEFAULT && !field.text().equals("{}")) {
        if (!field.text().equals("[]")) {
          found.add(new Defaulted(key, field.text(), ""));
        }
        continue;
      }
      if (value instanceof Map<?, ?> map) {
        map.forEach((name, item) -> inside(key + "." + name, item, places, shapes, found));
      } else if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          inside(
              key + "[" + label(list.get(i), i, shapes) + "]", list.get(i), places, shapes, found);
        }
      } else {
        inside(key, value, places, shapes, found);
      }
    }
  }

  private static void inside(
      String path,
      Object value,
      Places places,
      Map<Class<?>, Shape> shapes,
      List<Defaulted> found) {
    if (value instanceof Record && !(value instanceof Span)) {
      collect(path, value, places, shapes, found);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        inside(path + "[" + i + "]", list.get(i), places, shapes, found);
      }
    }
  }

  private static String label(Object item, int index, Map<Class<?>, Shape> shapes) {
    if (item instanceof Record) {
      Field name = shapes.computeIfAbsent(item.getClass(), Shape::of).fields().get("name");
      if (name != null && name.get(item) instanceof String text) {
        return text;
      }
    }
    return Integer.toString(index);
  }
}
