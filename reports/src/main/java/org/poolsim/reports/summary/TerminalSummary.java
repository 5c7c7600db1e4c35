// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.summary;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.poolsim.reports.result.Identity;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.Objective;
import org.poolsim.reports.result.Objective.Verdict;
import org.poolsim.reports.result.Period;
import org.poolsim.reports.result.RunEvent;
import org.poolsim.reports.result.RunResult;

/** The first screen of the report in text, 80 columns wide. */
public final class TerminalSummary {
  private static final int METRIC_MIN = 18;
  private static final int METRIC_MAX = 24;
  private static final int WIDTH = 80;
  private static final int LABEL = 17;
  private static final int CELLS = 48;
  private static final int MOST_EVENTS = 8;
  private static final String BLOCKS = "·▁▂▃▄▅▆▇█";
  private static final String ASCII_BLOCKS = ".--==++##";
  private static final String ORANGE = "\u001b[33m";
  private static final String GREEN = "\u001b[32m";
  private static final String BOLD = "\u001b[1m";
  private static final String RESET = "\u001b[0m";

  private final Style style;
  private final StringBuilder out = new StringBuilder();

  /** What the place that the summary is written to can show. */
  public enum Style {
    /** Plain ASCII. */
    ASCII(false, false),
    /** Unicode without colour: a pipe or a file. */
    PLAIN(true, false),
    /** ASCII with colour. */
    ASCII_COLOUR(false, true),
    /** Unicode with colour: a terminal. */
    COLOUR(true, true);

    private final boolean unicode;
    private final boolean colour;

    Style(boolean unicode, boolean colour) {
      this.unicode = unicode;
      this.colour = colour;
    }

    /**
     * Returns the style for a place.
     *
     * @param charset of the output, for example from {@code stdout.encoding}
     * @param terminal whether a person looks at it
     * @param noColour value of the environment's {@code NO_COLOR}; null when unset
     */
    public static Style of(Charset charset, Terminal terminal, String noColour) {
      boolean unicode = charset.equals(StandardCharsets.UTF_8);
      boolean colour = terminal == Terminal.YES && (noColour == null || noColour.isEmpty());
      if (colour) {
        return unicode ? COLOUR : ASCII_COLOUR;
      }
      return unicode ? PLAIN : ASCII;
    }
  }

  /** Whether the output goes to a terminal. */
  public enum Terminal {
    YES,
    NO
  }

  private TerminalSummary(Style style) {
    this.style = style;
  }

  /**
   * Returns the summary, lines ended by a line feed.
   *
   * @param run what came out
   * @param wallSeconds how long the run took on the wall clock; NaN leaves it out
   * @param report path of the report as the user would type it; empty when none was written
   * @param command what to type next; empty for nothing
   */
  public static String of(
      RunResult run, double wallSeconds, String report, String command, Style style) {
    TerminalSummary summary = new TerminalSummary(style);
    summary.write(run, wallSeconds, report, command);
    return style.unicode ? summary.out.toString() : ascii(summary.out);
  }

  private void write(RunResult run, double wallSeconds, String report, String command) {
    Identity identity = run.identity();
    List<String> head = new ArrayList<>();
    head.add(identity.name());
    head.addAll(Wording.scale(identity));
    if (!Double.isNaN(wallSeconds)) {
      String last = head.remove(head.size() - 1);
      head.add(last + " in " + Figures.duration(wallSeconds));
    }
    head.add("seed " + identity.seed());
    wrapped("", String.join(" · ", head));
    out.append('\n');
    String banner = Wording.banner(run.ending());
    if (!banner.isEmpty()) {
      wrapped("", "! " + banner);
      out.append('\n');
    }
    boolean missed = run.objectives().stream().anyMatch(o -> o.verdict() == Verdict.MISSED);
    String mark = run.objectives().isEmpty() ? "" : missed ? "✗ " : run.allMet() ? "✓ " : "? ";
    out.append(colour(missed ? ORANGE : "", BOLD));
    wrapped("", mark + Wording.verdict(run));
    uncolour();
    out.append('\n');
    objectives(run);
    lanes(run);
    events(run);
    if (identity.replications() > 1 && !run.alarms().isEmpty()) {
      wrapped("  ", Wording.alarms(run));
      out.append('\n');
    }
    List<String> trust = new ArrayList<>();
    trust.add(Wording.certainty(run));
    trust.addAll(Wording.fidelity(run.facts()));
    wrapped("  ", String.join(" ", trust));
    String next = command.isEmpty() ? "" : "next: " + command;
    if (next.isEmpty()) {
      if (!report.isEmpty()) {
        line("  " + report);
      }
    } else if (!report.isEmpty() && report.length() + next.length() + 5 <= WIDTH) {
      line("  " + report + "   " + next);
    } else {
      if (!report.isEmpty()) {
        line("  " + report);
      }
      line("  " + next);
    }
  }

  private void objectives(RunResult run) {
    if (run.objectives().isEmpty()) {
      line("  No objectives were set. Add some to the scenario, for example:");
      line("    objectives:");
      line("      - {metric: vm.boot_time, percentile: 95, below: 90s}");
      out.append('\n');
      return;
    }
    int longest =
        run.objectives().stream().mapToInt(each -> each.metric().length()).max().orElse(0);
    int width = Math.min(METRIC_MAX, Math.max(METRIC_MIN, longest));
    for (Objective objective : run.objectivesMissedFirst()) {
      Verdict verdict = objective.verdict();
      String mark = verdict == Verdict.MET ? "✓" : verdict == Verdict.MISSED ? "✗" : "?";
      String text =
          String.format(
              Locale.ROOT,
              "  %s %-" + width + "s %-5s %-12s %-14s ",
              mark,
              clipped(objective.metric(), width),
              objective.statistic(),
              Figures.text(objective.measured(), objective.unit()),
              Wording.limit(objective));
      String distance = Wording.distance(objective).replace("met, ", "");
      out.append(
          colour(verdict == Verdict.MISSED ? ORANGE : verdict == Verdict.MET ? GREEN : "", ""));
      line(text + distance);
      uncolour();
      objective
          .interval()
          .ifPresent(
              interval ->
                  line(
                      "      "
                          + Figures.percent(interval.confidence())
                          + " interval "
                          + Figures.text(interval.low(), objective.unit())
                          + " to "
                          + Figures.text(interval.high(), objective.unit())));
    }
    out.append('\n');
  }

  private void lanes(RunResult run) {
    List<Lane> saturated = run.lanesByFirst().stream().filter(Lane::saturated).toList();
    List<String> never = new ArrayList<>();
    for (Lane lane : run.lanes()) {
      if (!lane.saturated()) {
        never.add(lane.resource() + " " + Figures.text(lane.highest(), lane.unit()));
      }
    }
    if (!saturated.isEmpty()) {
      line("  " + pad("What saturated", LABEL) + axis(run.identity().durationNanos()) + "  first");
      for (Lane lane : saturated) {
        String cells = cells(lane.periods(), run.identity().durationNanos());
        line(
            "  "
                + pad(clipped(lane.resource(), LABEL - 1), LABEL)
                + cells
                + "  "
                + Figures.clock(lane.firstNanos()));
      }
      if (!never.isEmpty()) {
        wrapped("  ", "never: " + String.join(", ", never));
      }
    } else if (!run.lanes().isEmpty()) {
      wrapped("  ", "Nothing saturated: highest " + String.join(", ", never) + ".");
      if (!run.objectives().isEmpty()) { // else the verdict has said it
        Wording.nearest(run).ifPresent(lane -> wrapped("  ", Wording.nearestWords(lane)));
      }
    }
    out.append('\n');
  }

  private String cells(List<Period> periods, long durationNanos) {
    String shades = style.unicode ? BLOCKS : ASCII_BLOCKS;
    StringBuilder cells = new StringBuilder();
    for (int cell = 0; cell < CELLS; cell++) {
      double from = (double) durationNanos * cell / CELLS;
      double to = (double) durationNanos * (cell + 1) / CELLS;
      double over = 0;
      for (Period period : periods) {
        over +=
            Math.max(
                0,
                Math.min(to, (double) period.endNanos())
                    - Math.max(from, (double) period.startNanos()));
      }
      int shade = over == 0 ? 0 : (int) Math.max(1, Math.round(over / (to - from) * 8));
      cells.append(shades.charAt(Math.min(8, shade)));
    }
    return cells.toString();
  }

  private static String axis(long durationNanos) {
    char[] axis = new char[CELLS];
    Arrays.fill(axis, ' ');
    for (int quarter = 0; quarter <= 4; quarter++) {
      long at = durationNanos / 4 * quarter;
      String label = Figures.axisClock(at, durationNanos / 4);
      int start = quarter == 4 ? CELLS - label.length() : CELLS * quarter / 4;
      if (quarter < 4 || axis[Math.max(0, start - 1)] == ' ') {
        label.getChars(0, Math.min(label.length(), CELLS - start), axis, start);
      }
    }
    return new String(axis);
  }

  private void events(RunResult run) {
    List<RunEvent> outcomes = Wording.outcomes(run, MOST_EVENTS);
    for (RunEvent event : outcomes) {
      wrapped(
          "           ",
          "  " + Figures.clock(event.atNanos()) + "  " + event.text() + "; " + event.outcome(),
          "");
    }
    long more = run.events().stream().filter(e -> !e.outcome().isEmpty()).count() - outcomes.size();
    if (more > 0) {
      line("  and " + Figures.plural(more, "more event"));
    }
    if (!outcomes.isEmpty()) {
      out.append('\n');
    }
  }

  private void line(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    out.append(text, 0, end).append('\n');
  }

  private void wrapped(String indent, String text) {
    wrapped(indent, text, indent);
  }

  private void wrapped(String hanging, String text, String first) {
    StringBuilder current = new StringBuilder(first);
    boolean empty = true;
    for (String word : text.split("(?<=\\S) ", -1)) {
      if (!empty && current.length() + 1 + word.length() > WIDTH) {
        line(current.toString());
        current = new StringBuilder(hanging);
        empty = true;
      }
      if (!empty) {
        current.append(' ');
      }
      current.append(word);
      empty = false;
    }
    line(current.toString());
  }

  private String colour(String state, String weight) {
    return style.colour ? state + weight : "";
  }

  private void uncolour() {
    if (style.colour) {
      // The colour ends before the line does, so that a cut line leaves no colour behind.
      int end = out.length();
      while (end > 0 && out.charAt(end - 1) == '\n') {
        end--;
      }
      out.insert(end, RESET);
    }
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static String clipped(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  private static String ascii(CharSequence text) {
    StringBuilder ascii = new StringBuilder();
    text.codePoints()
        .forEach(
            c ->
                ascii.append(
                    switch (c) {
                      case '✓' -> "+";
                      case '✗' -> "x";
                      case '·' -> "-";
                      case '…' -> "~";
                      case '–', '\u2212' -> "-";
                      case 'µ' -> "u";
                      case '→' -> "->";
                      case '’' -> "'";
                      default -> c < 0x80 ? Character.toString(c) : "?";
                    }));
    return ascii.toString();
  }
}
