// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Binds YAML to records, strictly: an unknown key, a missing one, a value of another type or
 * outside its range is a mistake with its place and the nearest thing that would be valid. Binding
 * goes on after a mistake so that all are found at once.
 *
 * <p>A key is the component's name with underscores, a value of an enumeration its constant's name
 * in lower case with dashes. A sealed interface is bound to the kind that the first key of one of
 * its records names, or to the one whose name stands under the key of {@link ChosenBy}.
 */
public final class Binder {
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{N} ._:@()+/#-]*[\\p{L}\\p{N}_.)#-])?");
  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_TEXT = 4096;

  private final Mistakes mistakes;
  private final Places places = new Places();
  private final Map<Class<?>, Shape> shapes = new HashMap<>();
  private final Map<String, Node> defaults = new HashMap<>();

  private Binder(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** Binds a document to a record class. */
  public static <T> Bound<T> bind(Node root, Class<T> type, Mistakes mistakes) {
    Binder binder = new Binder(mistakes);
    Object value =
        binder.record(binder.shape(type), root, new Context(null, false, false, root.position()));
    return new Bound<>(type.cast(value), binder.places);
  }

  /**
   * How a value is read.
   *
   * @param quantity what {@link Quantity#INHERITED} stands for here
   * @param partial whether required keys may be missing
   * @param byDefault whether the value is a default, not written by the user
   * @param owner place of the record that the value belongs to
   */
  private record Context(Quantity quantity, boolean partial, boolean byDefault, Position owner) {}

  private Shape shape(Class<?> type) {
    Shape shape = shapes.get(type);
    if (shape == null) {
      shape = Shape.of(type);
      shapes.put(type, shape);
    }
    return shape;
  }

  private Object record(Shape shape, Node node, Context context) {
    Position position = context.byDefault() ? context.owner() : node.position();
    Node.Mapping mapping;
    if (node instanceof Node.Mapping m) {
      mapping = m;
    } else if (node instanceof Node.Scalar scalar
        && !scalar.isNull()
        && shape.shorthand() != null) {
      Map<String, Node.Entry> only = new LinkedHashMap<>();
      only.put(shape.shorthand(), new Node.Entry(node.position(), node));
      mapping = Node.Mapping.of(node.position(), only);
    } else {
      mistakes.add(
          position,
          "found "
              + node.kind()
              + ", expected the keys of "
              + Shape.aTitle(shape.type())
              + " ("
              + String.join(", ", shape.fields().keySet())
              + ")");
      return null;
    }
    return record(shape, mapping, position, context, Set.of());
  }

  private Object record(
      Shape shape, Node.Mapping mapping, Position position, Context context, Set<String> ignored) {
    for (Map.Entry<String, Node.Entry> entry : mapping.entries().entrySet()) {
      String key = entry.getKey();
      if (!shape.fields().containsKey(key) && !ignored.contains(key)) {
        mistakes.add(
            entry.getValue().key(),
            "unknown key \""
                + Text.shorten(key)
                + "\" in "
                + Shape.aTitle(shape.type())
                + Text.suggest(key, shape.fields().keySet()));
      }
    }
    Object[] values = new Object[shape.fields().size()];
    Set<String> unsound = new HashSet<>();
    // What is named here and still stands was not found: what it would bring is not missed too.
    boolean elsewhere = shape.completedBy() != null && mapping.get(shape.completedBy()) != null;
    int index = 0;
    for (Field declared : shape.fields().values()) {
      Field field = declared.inheriting(context.quantity());
      Node value = mapping.get(field.key());
      boolean partial = context.partial() || field.partial();
      Object bound = null;
      if (value != null) {
        int before = mistakes.count();
        Position place = context.byDefault() ? position : value.position();
        bound =
            value(field, value, new Context(field.quantity(), partial, context.byDefault(), place));
        if (bound == null || mistakes.count() > before) {
          unsound.add(field.key());
        }
      } else if (field.need() == Field.Need.DEFAULT) {
        bound =
            value(
                field,
                byDefault(field.text()),
                new Context(field.quantity(), partial, true, position));
      } else if (field.need() == Field.Need.REQUIRED) {
        unsound.add(field.key());
        if (!partial && !elsewhere) {
          mistakes.add(
              position,
              "key \""
                  + field.key()
                  + "\" is missing in this "
                  + shape.title()
                  + ", "
                  + expected(field));
        }
      }
      values[index++] = bound == null ? placeholder(field) : bound;
    }
    Object record = shape.create(values);
    places.put(record, context.byDefault() ? null : mapping, position, unsound);
    return record;
  }

  private Node byDefault(String text) {
    return defaults.computeIfAbsent(
        text,
        yaml -> {
          try {
            return YamlReader.parse(yaml, "default");
          } catch (InputException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private Object value(Field field, Node node, Context context) {
    Class<?> raw = field.raw();
    if (node instanceof Node.Scalar scalar
        && scalar.isNull()
        && !(field.nullIsAWord() && scalar.text().equals("null"))) {
      mistakes.add(context.owner(), "key \"" + field.key() + "\" has no value, " + expected(field));
      return null;
    }
    if (raw == List.class) {
      return list(field, node, context);
    }
    if (raw == Map.class) {
      return map(field, node, context);
    }
    if (raw == Span.class || !(raw.isRecord() || raw.isInterface())) {
      return scalar(field, node, context);
    }
    return raw.isInterface() ? union(raw, field, node, context) : record(shape(raw), node, context);
  }

  private List<Object> list(Field field, Node node, Context context) {
    List<Node> items;
    if (node instanceof Node.Sequence sequence) {
      items = sequence.items();
    } else if (field.orOne()) {
      items = List.of(node);
    } else {
      mistakes.add(context.owner(), field.key() + ": found " + node.kind() + ", expected a list");
      return null;
    }
    if (items.size() > field.most()) {
      mistakes.add(
          context.owner(),
          field.key() + " has " + items.size() + " entries, the limit is " + field.most());
      return null;
    }
    List<Object> values = new ArrayList<>(items.size());
    Field entry = field.entry(field.argument());
    for (Node item : items) {
      Position place = context.byDefault() ? context.owner() : item.position();
      Object value =
          value(
              entry,
              item,
              new Context(context.quantity(), context.partial(), context.byDefault(), place));
      if (value != null) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private Map<String, Object> map(Field field, Node node, Context context) {
    if (!(node instanceof Node.Mapping mapping)) {
      mistakes.add(
          context.owner(), field.key() + ": found " + node.kind() + ", expected names and values");
      return null;
    }
    if (mapping.entries().size() > field.most()) {
      mistakes.add(
          context.owner(),
          field.key()
              + " has "
              + mapping.entries().size()
              + " entries, the limit is "
              + field.most());
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    Field entry = field.entry(field.argument());
    mapping
        .entries()
        .forEach(
            (name, item) -> {
              if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
                mistakes.add(item.key(), "\"" + Text.shorten(name) + "\" is not a name");
              }
              Position place = context.byDefault() ? context.owner() : item.value().position();
              Object value =
                  value(
                      entry,
                      item.value(),
                      new Context(
                          context.quantity(), context.partial(), context.byDefault(), place));
              if (value != null) {
                values.put(name, value);
              }
            });
    return values;
  }

  private Object union(Class<?> union, Field field, Node node, Context context) {
    ChosenBy chosenBy = union.getAnnotation(ChosenBy.class);
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    for (Class<?> kind : Shape.kinds(union)) {
      for (String name : Shape.kindNames(union, kind)) {
        kinds.put(name, kind);
      }
    }
    if (node instanceof Node.Scalar scalar) {
      Node written = Words.mapping(union, scalar, kinds.keySet());
      if (written != null) {
        return union(union, field, written, context);
      }
    }
    if (!(node instanceof Node.Mapping mapping)) {
      mistakes.add(
          context.owner(),
          field.key()
              + ": found "
              + node.kind()
              + ", expected "
              + unionExpected(union, field, kinds));
      return null;
    }
    Position position = context.byDefault() ? context.owner() : mapping.position();
    if (chosenBy != null) {
      Node chosen = mapping.get(chosenBy.value());
      if (!(chosen instanceof Node.Scalar name)) {
        mistakes.add(
            position,
            "key \"" + chosenBy.value() + "\" is missing, expected " + Text.oneOf(kinds.keySet()));
        return null;
      }
      Class<?> kind = kinds.get(name.text());
      if (kind == null) {
        mistakes.add(
            name.position(),
            "unknown "
                + chosenBy.value()
                + " \""
                + Text.shorten(name.text())
                + "\""
                + Text.suggest(name.text(), kinds.keySet()));
        return null;
      }
      return record(shape(kind), mapping, position, context, Set.of(chosenBy.value()));
    }
    List<String> found = new ArrayList<>();
    Set<Class<?>> told = new LinkedHashSet<>();
    for (Map.Entry<String, Class<?>> kind : kinds.entrySet()) {
      if (mapping.entries().containsKey(kind.getKey()) && told.add(kind.getValue())) {
        found.add(kind.getKey());
      }
    }
    if (found.size() == 1) {
      return record(shape(kinds.get(found.get(0))), mapping, position, context, Set.of());
    }
    if (found.isEmpty()) {
      unknownKind(union, mapping, position, kinds);
    } else {
      // A key of one kind may tell another kind elsewhere; the first kind declared wins if it
      // knows all the keys.
      Shape first = shape(kinds.get(found.get(0)));
      if (first.fields().keySet().containsAll(mapping.entries().keySet())) {
        return record(first, mapping, position, context, Set.of());
      }
      mistakes.add(
          position,
          "the keys " + String.join(" and ", found) + " exclude each other, expected one of them");
    }
    return null;
  }

  private void unknownKind(
      Class<?> union, Node.Mapping mapping, Position position, Map<String, Class<?>> kinds) {
    for (Map.Entry<String, Node.Entry> entry : mapping.entries().entrySet()) {
      String nearest = Text.nearest(entry.getKey(), kinds.keySet());
      if (nearest != null) {
        mistakes.add(
            entry.getValue().key(),
            "unknown key \""
                + Text.shorten(entry.getKey())
                + "\" in "
                + Shape.aTitle(union)
                + "; did you mean \""
                + nearest
                + "\"?");
        return;
      }
    }
    mistakes.add(
        position, Shape.aTitle(union) + " needs one of the keys " + Text.oneOf(kinds.keySet()));
  }

  private static String unionExpected(Class<?> union, Field field, Map<String, Class<?>> kinds) {
    if (union.isAnnotationPresent(InWords.class) && field.quantity() != null) {
      return field.quantity().example() + ", or one of " + Text.oneOf(kinds.keySet());
    }
    return Shape.aTitle(union) + ", one of " + Text.oneOf(kinds.keySet());
  }

  private Object scalar(Field field, Node node, Context context) {
    if (!(node instanceof Node.Scalar scalar)) {
      mistakes.add(
          context.owner(), field.key() + ": found " + node.kind() + ", " + expected(field));
      return null;
    }
    try {
      Object value = Scalars.read(field, scalar);
      if (value instanceof String text) {
        checkText(field, text, context.owner());
      }
      return value;
    } catch (IllegalArgumentException e) {
      mistakes.add(context.owner(), field.key() + ": " + e.getMessage());
      return null;
    }
  }

  private void checkText(Field field, String text, Position position) {
    if (field.name() != null) {
      String bare = field.name().pattern() ? NamePattern.withoutRanges(text) : text;
      if (bare == null) {
        mistakes.add(
            position,
            field.key()
                + ": \""
                + Text.shorten(text)
                + "\" is not a range of names, expected one such as web-[1..4] with the smaller"
                + " number first");
      } else if (!NAME.matcher(bare).matches() || text.length() > LONGEST_NAME) {
        mistakes.add(
            position,
            field.key()
                + ": \""
                + Text.shorten(text)
                + "\" is not a name, expected letters, digits, spaces and ._:@()+/#- between them, at most "
                + LONGEST_NAME
                + " characters");
      }
    } else if (text.length() > LONGEST_TEXT) {
      mistakes.add(position, field.key() + ": longer than " + LONGEST_TEXT + " characters");
    }
  }

  private static String expected(Field field) {
    return "expected " + Scalars.expectation(field);
  }

  private static Object placeholder(Field field) {
    Class<?> raw = field.raw();
    if (raw == long.class) {
      return 0L;
    } else if (raw == int.class) {
      return 0;
    } else if (raw == double.class) {
      return 0.0;
    } else if (raw == boolean.class) {
      return false;
    } else if (raw == List.class
        && field.need() != Field.Need.ABSENT
        && field.need() != Field.Need.COMPUTED) {
      return List.of();
    }
    return null;
  }
}
