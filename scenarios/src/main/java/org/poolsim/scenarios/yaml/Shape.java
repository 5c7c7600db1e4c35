// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a record looks like in YAML. */
record Shape(Class<?> type, Constructor<?> constructor, Map<String, Field> fields) {
  static Shape of(Class<?> type) {
    try {
      RecordComponent[] components = type.getRecordComponents();
      Map<String, Field> fields = new LinkedHashMap<>();
      for (RecordComponent component : components) {
        Field field = Field.of(component);
        fields.put(field.key(), field);
      }
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return new Shape(type, constructor, fields);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the key whose value may be written in place of the record, or {@code null}. */
  String shorthand() {
    Shorthand shorthand = type.getAnnotation(Shorthand.class);
    return shorthand == null ? null : shorthand.value();
  }

  /** Returns the key that lets required keys come from elsewhere, or {@code null}. */
  String completedBy() {
    CompletedBy completed = type.getAnnotation(CompletedBy.class);
    return completed == null ? null : completed.value();
  }

  /** Returns the first key: the one that tells the kind inside a union. */
  String firstKey() {
    return fields.keySet().iterator().next();
  }

  /** Returns how messages call the record. */
  String title() {
    return title(type);
  }

  static String title(Class<?> type) {
    String words = Field.key(type.getSimpleName()).replace('_', ' ').strip();
    return words;
  }

  Object create(Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record that refuses its values: " + type, e);
    }
  }

  /** Returns the kinds of a sealed interface in the order of declaration. */
  static List<Class<?>> kinds(Class<?> union) {
    List<Class<?>> kinds = new ArrayList<>();
    for (Class<?> kind : union.getPermittedSubclasses()) {
      kinds.add(kind);
    }
    return kinds;
  }

  /**
   * Returns the words that tell a kind: its called name, the keys that tell it, or its first key.
   */
  static List<String> kindNames(Class<?> union, Class<?> kind) {
    if (union.isAnnotationPresent(ChosenBy.class)) {
      return List.of(kind.getAnnotation(Called.class).value());
    }
    ToldBy toldBy = kind.getAnnotation(ToldBy.class);
    return toldBy != null ? List.of(toldBy.value()) : List.of(of(kind).firstKey());
  }
}
