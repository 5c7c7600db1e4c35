// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The reference page of a record and everything in it, in Markdown. */
public final class Reference {
  private final StringBuilder page = new StringBuilder();
  private final Set<Class<?>> pending = new LinkedHashSet<>();

  private Reference() {}

  /**
   * Returns the sections of a record class and of everything in it, in the order of first mention.
   */
  public static String of(Class<?> root) {
    Reference reference = new Reference();
    List<Class<?>> queue = new ArrayList<>(List.of(root));
    Set<Class<?>> done = new LinkedHashSet<>();
    while (!queue.isEmpty()) {
      Class<?> next = queue.remove(0);
      if (done.add(next)) {
        reference.pending.clear();
        reference.section(next);
        queue.addAll(0, reference.pending);
      }
    }
    return reference.page.toString();
  }

  private void section(Class<?> type) {
    page.append("## ").append(Shape.title(type)).append("\n\n");
    doc(type);
    if (!type.isInterface()) {
      table(Shape.of(type), null);
      return;
    }
    ChosenBy chosenBy = type.getAnnotation(ChosenBy.class);
    for (Class<?> kind : Shape.kinds(type)) {
      String names = String.join("` or `", Shape.kindNames(type, kind));
      page.append("### ")
          .append(Shape.title(type))
          .append(": `")
          .append(chosenBy == null ? names : chosenBy.value() + ": " + names)
          .append("`\n\n");
      doc(kind);
      table(Shape.of(kind), chosenBy);
    }
  }

  private void doc(Class<?> type) {
    Doc doc = type.getAnnotation(Doc.class);
    if (doc != null) {
      page.append(doc.value()).append("\n\n");
    }
    Shorthand shorthand = type.getAnnotation(Shorthand.class);
    if (shorthand != null) {
      page.append("May be written as its `").append(shorthand.value()).append("` alone.\n\n");
    }
  }

  private void table(Shape shape, ChosenBy chosenBy) {
    page.append("| key | value | if left out | meaning |\n|---|---|---|---|\n");
    if (chosenBy != null) {
      page.append("| `")
          .append(chosenBy.value())
          .append("` | `")
          .append(shape.type().getAnnotation(Called.class).value())
          .append("` | **required** | The kind. |\n");
    }
    for (Field field : shape.fields().values()) {
      page.append("| `")
          .append(field.key())
          .append("` | ")
          .append(value(field))
          .append(" | ")
          .append(otherwise(field))
          .append(" | ")
          .append(cell(field.doc()))
          .append(" |\n");
    }
    page.append('\n');
  }

  private static String otherwise(Field field) {
    return switch (field.need()) {
      case REQUIRED -> "**required**";
      case DEFAULT -> "`" + cell(field.text()) + "`";
      case COMPUTED, ABSENT -> cell(field.text());
    };
  }

  private String value(Field field) {
    Class<?> raw = field.raw();
    if (raw == List.class) {
      String entry = value(field.entry(field.argument()));
      return (field.orOne() ? entry + ", or a list of them" : "list of " + entry);
    } else if (raw == java.util.Map.class) {
      return "names with " + value(field.entry(field.argument()));
    } else if (raw.isEnum()) {
      List<String> words = new ArrayList<>();
      for (Object constant : raw.getEnumConstants()) {
        words.add("`" + Field.constant((Enum<?>) constant) + "`");
      }
      return String.join(", ", words);
    } else if (raw != Span.class && (raw.isRecord() || raw.isInterface())) {
      pending.add(raw);
      String title = Shape.title(raw);
      String link =
          "[" + title + "](#" + title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + ")";
      return field.quantity() == null || field.quantity() == Quantity.INHERITED
          ? link
          : link + " of " + cell(field.quantity().example());
    } else if (raw == String.class) {
      return field.refersTo() != null
          ? "name of a " + field.refersTo()
          : field.name() != null ? "name" : "text";
    }
    return cell(Scalars.expectation(field));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
