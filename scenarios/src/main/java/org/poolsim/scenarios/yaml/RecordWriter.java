// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes records as the YAML that {@link Binder} reads as equal records. */
public final class RecordWriter {
  private static final int WIDTH = 110;

  /** How much is written. */
  public enum Extent {
    /** Every value that is there, defaults too. */
    EVERYTHING,
    /** Not what is as it would be if it were left out. */
    WITHOUT_DEFAULTS
  }

  private final Extent extent;
  private final Map<Class<?>, Shape> shapes = new LinkedHashMap<>();

  private RecordWriter(Extent extent) {
    this.extent = extent;
  }

  /** Returns a record as YAML. */
  public static String write(Object root, Extent extent) {
    RecordWriter writer = new RecordWriter(extent);
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.AUTO)
            .setWidth(WIDTH)
            .setIndent(2)
            .setSplitLines(false)
            .setBestLineBreak("\n")
            .build();
    return new Dump(settings).dumpToString(writer.mapping(root, null, null));
  }

  /** Returns the value of one key of a record as it would be written, on one line. */
  static String inline(Field field, Object value) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.FLOW)
            .setWidth(Integer.MAX_VALUE)
            .setSplitLines(false)
            .setBestLineBreak("\n")
            .build();
    Object tree = new RecordWriter(Extent.WITHOUT_DEFAULTS).value(field, value, null);
    return new Dump(settings).dumpToString(tree).strip();
  }

  private Map<String, Object> mapping(Object record, Quantity outer, Class<?> union) {
    Shape shape = shapes.computeIfAbsent(record.getClass(), Shape::of);
    Map<String, Object> tree = new LinkedHashMap<>();
    if (union != null && union.isAnnotationPresent(ChosenBy.class)) {
      tree.put(
          union.getAnnotation(ChosenBy.class).value(),
          record.getClass().getAnnotation(Called.class).value());
    }
    for (Field declared : shape.fields().values()) {
      Field field = declared.inheriting(outer);
      Object value = field.get(record);
      if (value == null) {
        continue;
      }
      Object written = value(field, value, outer);
      if (extent == Extent.EVERYTHING || !isDefault(field, written)) {
        tree.put(field.key(), written);
      }
    }
    return tree;
  }

  private static boolean isDefault(Field field, Object written) {
    if (field.need() == Field.Need.ABSENT || field.need() == Field.Need.COMPUTED) {
      return written instanceof List<?> list && list.isEmpty();
    }
    if (field.need() != Field.Need.DEFAULT) {
      return false;
    }
    String text = field.text();
    return switch (text) {
      case "{}" -> written instanceof Map<?, ?> map && map.isEmpty();
      case "[]" -> written instanceof List<?> list && list.isEmpty();
      default ->
          same(written, text)
              || (written instanceof List<?> list && list.size() == 1 && same(list.get(0), text));
    };
  }

  private static boolean same(Object written, String text) {
    return written.toString().equals(text);
  }

  private Object value(Field field, Object value, Quantity outer) {
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      Field entry = field.entry(field.argument());
      for (Object item : list) {
        items.add(value(entry, item, outer));
      }
      return items;
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> items = new LinkedHashMap<>();
      Field entry = field.entry(field.argument());
      map.forEach((name, item) -> items.put(name.toString(), value(entry, item, outer)));
      return items;
    } else if (value instanceof Span span) {
      Quantity quantity = field.quantity();
      return span.low() == span.high()
          ? quantity.format(span.low())
          : quantity.format(span.low()) + ".." + quantity.format(span.high());
    } else if (value instanceof Enum<?> constant) {
      String word = Field.constant(constant);
      return word.matches("[0-9]{1,9}") ? Long.valueOf(word) : word;
    } else if (value instanceof Record) {
      return record(field, value);
    } else if (value instanceof Number number) {
      return number(field, number);
    }
    return value;
  }

  private static Object number(Field field, Number number) {
    boolean whole = !(number instanceof Double);
    if (field.quantity() != null && field.quantity() != Quantity.NUMBER) {
      return whole
          ? field.quantity().format(number.longValue())
          : field.quantity().format(number.doubleValue());
    }
    double value = number.doubleValue();
    if (whole || (value == Math.rint(value) && Math.abs(value) < 1e15)) {
      return number.longValue();
    }
    return value;
  }

  private Object record(Field field, Object value) {
    Class<?> declared = field.raw();
    Map<String, Object> tree =
        mapping(value, field.quantity(), declared.isInterface() ? declared : null);
    if (tree.size() != 1) {
      return tree;
    }
    Map.Entry<String, Object> only = tree.entrySet().iterator().next();
    if (only.getValue() instanceof Map || only.getValue() instanceof List) {
      return tree;
    }
    String word = only.getValue().toString();
    InWords inWords = declared.getAnnotation(InWords.class);
    if (inWords != null && word.indexOf(' ') < 0) {
      return inWords.alone().equals(only.getKey()) ? word : only.getKey() + " " + word;
    }
    Shorthand shorthand = declared.getAnnotation(Shorthand.class);
    return shorthand != null && shorthand.value().equals(only.getKey()) ? only.getValue() : tree;
  }
}
