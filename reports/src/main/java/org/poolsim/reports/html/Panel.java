// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.Locale;
import org.poolsim.reports.result.RunFacts;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.result.Unit;
import org.poolsim.reports.summary.Figures;

/** Parts that sections share: a panel's head, bars, marks. */
final class Panel {
  private Panel() {}

  /**
   * Opens a panel with its title, its sentence and, at the right, its fidelity and the table
   * button.
   */
  static void open(Markup page, String id, String title, String sentence, String trust) {
    page.open("section", "class", "panel", "id", id, "aria-labelledby", id + "-title");
    page.open("header", "class", "panel-head");
    page.element("h3", title, "id", id + "-title");
    page.element("p", sentence, "id", id + "-sentence");
    page.open("div", "class", "trust").raw(trust);
    page.closeLine();
    page.closeLine();
  }

  /** Returns the fidelity of a resource as markup; it names the validation in its title. */
  static String trust(RunResult run, String resource) {
    Markup words = new Markup();
    for (RunFacts.Fidelity fidelity : run.facts().fidelity()) {
      if (fidelity.resource().toLowerCase(Locale.ROOT).equals(resource.toLowerCase(Locale.ROOT))) {
        String validation =
            fidelity.validation().isEmpty() ? "not validated" : fidelity.validation();
        words.element("a", fidelity.level(), "href", "#facts", "title", validation);
        if (fidelity.validation().isEmpty()) {
          words.text(", not validated");
        } else if (!fidelity.level().equals("detailed")) {
          words.text(", " + fidelity.validation());
        }
      }
    }
    return words.toString();
  }

  /** Writes the place of a plot that the script draws: the number-th of its section's data. */
  static void plot(
      Markup page, String section, int number, String kind, String title, String words) {
    String id = section + "-" + kind.replace(' ', '-') + "-" + number;
    page.open(
        "figure",
        "class",
        kind,
        "id",
        id,
        "data-section",
        section,
        "data-number",
        Integer.toString(number),
        "tabindex",
        "0",
        "role",
        "group",
        "aria-label",
        title,
        "aria-describedby",
        words.isEmpty() ? null : id + "-words");
    if (!words.isEmpty()) {
      page.element("figcaption", words, "id", id + "-words");
    }
    page.closeLine();
  }

  /** Writes a bar from zero to one with its per cent, marked when it is at its threshold. */
  static void share(Markup page, double value, double threshold) {
    boolean over = value >= threshold;
    page.open("svg", "class", "bar", "aria-hidden", "true");
    page.open("rect", "class", "track", "width", "100%", "height", "6", "rx", "3").close();
    if (value > 0) {
      page.open(
              "rect",
              "class",
              over ? "over" : "fill",
              "width",
              percent(Math.min(1, value)),
              "height",
              "6",
              "rx",
              "3")
          .close();
    }
    page.close();
    page.element(
        "span", Figures.text(value, Unit.FRACTION), "class", over ? "figure over" : "figure");
  }

  /** Returns a length as SVG and CSS have it, {@code 12.34%}. */
  static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f%%", fraction * 100);
  }

  /** Returns the mark of a state: its shape says the state without colour. */
  static String mark(String state) {
    return switch (state) {
      case "met" ->
          "<svg class=\"mark met\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><circle cx=\"8\" cy=\"8\""
              + " r=\"8\"/><path d=\"M4.5 8.3l2.4 2.4 4.6-4.9\"/></svg>";
      case "missed" ->
          "<svg class=\"mark missed\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path class=\"octagon\""
              + " d=\"M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z\"/><path d=\"M5.3"
              + " 5.3l5.4 5.4M10.7 5.3l-5.4 5.4\"/></svg>";
      default ->
          "<svg class=\"mark unknown\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><rect width=\"16\""
              + " height=\"16\" rx=\"3\"/><path d=\"M4.5 8h7\"/></svg>";
    };
  }
}
