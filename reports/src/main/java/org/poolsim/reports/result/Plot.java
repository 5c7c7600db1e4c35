// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Lines over the run's clock on one axis.
 *
 * @param title what is drawn
 * @param sentence what it says, in plain words; may be empty
 * @param unit of the axis
 * @param axisTop fixed upper end of the axis, in base units; empty for "0 to a nice maximum".
 *     Fractions are drawn from 0 to 1 unless told otherwise
 * @param limit threshold or objective drawn across
 * @param lines at most six; {@link #highestAndLowest} reduces more
 */
public record Plot(
    String title,
    String sentence,
    Unit unit,
    OptionalDouble axisTop,
    Optional<Limit> limit,
    List<Line> lines) {

  /**
   * A dashed line across a plot; what lies above it is drawn as over a limit.
   *
   * @param label {@code threshold} or {@code objective}
   * @param value in base units
   */
  public record Limit(String label, double value) {}

  /** How a line is drawn. */
  public enum Style {
    /** A line, with the band from lowest to highest per column. */
    LINE,
    /** A line whose area down to zero is filled. */
    AREA,
    /** The lower edge of a band that hangs from the line before it. */
    BAND_FLOOR,
    /** One layer of a stack; only for means. */
    STACK
  }

  /**
   * One line.
   *
   * @param label its name in the legend
   * @param style how it is drawn
   * @param columns its values
   */
  public record Line(String label, Style style, Columns columns) {}

  public Plot {
    lines = List.copyOf(lines);
  }

  /** A plot of the named lines, from zero to a nice maximum. */
  public static Plot of(String title, Unit unit, List<Line> lines) {
    OptionalDouble top = unit == Unit.FRACTION ? OptionalDouble.of(1) : OptionalDouble.empty();
    return new Plot(title, "", unit, top, Optional.empty(), lines);
  }

  /**
   * The highest and the lowest of many series at each instant, as a line and the band below it.
   * With one series it is a plain line.
   */
  public static Plot highestAndLowest(
      String title, Unit unit, String entity, List<Columns> series) {
    if (series.size() == 1) {
      return of(title, unit, List.of(new Line(entity, Style.LINE, series.get(0))));
    }
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("highest " + entity, Style.LINE, Columns.highest(series)));
    lines.add(new Line("lowest " + entity, Style.BAND_FLOOR, Columns.lowest(series)));
    return of(title, unit, lines);
  }

  /** Returns this plot with a limit across. */
  public Plot limited(String label, double value) {
    return new Plot(title, sentence, unit, axisTop, Optional.of(new Limit(label, value)), lines);
  }

  /** Returns this plot with a sentence that says what it shows. */
  public Plot saying(String words) {
    return new Plot(title, words, unit, axisTop, limit, lines);
  }
}
