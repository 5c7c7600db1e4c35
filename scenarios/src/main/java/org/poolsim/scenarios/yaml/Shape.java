// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a record looks like in YAML. */
record Shape(Class<?> type, Constructor<?> constructor, Map<String, Field> fields) {
  private static final Set<String> ABBREVIATIONS =
      Set.of("Vm", "Sr", "Vif", "Pif", "Pbd", "Vlan", "Cpu", "Ha");

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

  /** Returns how messages call the record. */
  String title() {
    return title(type);
  }

  static String title(Class<?> type) {
    String name = type.getSimpleName();
    // Names that are abbreviations: a VM, an SR.
    return name.length() <= 4 && ABBREVIATIONS.contains(name)
        ? name.toUpperCase(Locale.ROOT)
        : Field.key(name).replace('_', ' ').strip();
  }

  /** Returns the title with its article. */
  static String aTitle(Class<?> type) {
    String title = title(type);
    return ("AEIO".indexOf(Character.toUpperCase(title.charAt(0))) >= 0 || title.equals("SR")
            ? "an "
            : "a ")
        + title;
  }

  Object create(Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record that refuses its values: " + type, e);
    }
  }

  /**
   * Returns the kinds of a sealed interface in the order of their names: the order in which a
   * compiler lists them differs from build to build.
   */
  static List<Class<?>> kinds(Class<?> union) {
    List<Class<?>> kinds = new ArrayList<>();
    for (Class<?> kind : union.getPermittedSubclasses()) {
      kinds.add(kind);
    }
    kinds.sort(Comparator.comparing(Class::getSimpleName));
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
    return toldBy != null
        ? List.of(toldBy.value())
        : List.of(Field.key(kind.getRecordComponents()[0].getName()));
  }
}
