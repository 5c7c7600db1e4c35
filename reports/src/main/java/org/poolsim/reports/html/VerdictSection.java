// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.ArrayList;
import java.util.List;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.Objective;
import org.poolsim.reports.result.Objective.Verdict;
import org.poolsim.reports.result.Period;
import org.poolsim.reports.result.RunEvent;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.summary.Figures;
import org.poolsim.reports.summary.Wording;

/** Verdict, objectives and what saturated: the first screen. */
final class VerdictSection implements Section {
  /** Where the limit stands on every bullet bar. */
  private static final double LIMIT_PLACE = 0.6;

  private static final int MOST_PERIODS = 400;

  @Override
  public String id() {
    return "verdict";
  }

  @Override
  public String title() {
    return "Verdict";
  }

  @Override
  public String absence(RunResult run) {
    return "";
  }

  @Override
  public void write(RunResult run, Markup page) {
    page.open("p", "class", "which").element("b", run.identity().name()).text(" ");
    List<String> pieces = new ArrayList<>();
    if (!run.identity().about().isEmpty()) {
      pieces.add(run.identity().about());
    }
    pieces.addAll(Wording.scale(run.identity()));
    pieces.add("seed " + run.identity().seed());
    page.text(String.join(" · ", pieces)).closeLine();
    page.element("h1", Wording.verdict(run));
    story(run, page);
    if (run.objectives().isEmpty()) {
      saturation(run, page);
      noObjectives(page);
    } else {
      objectives(run, page);
      saturation(run, page);
    }
    page.open("p", "class", "aside");
    if (run.identity().replications() == 1) {
      page.text(
              "One replication, so no interval is given. To put one on every figure, repeat it with"
                  + " ")
          .element("code", "poolsim run --replications")
          .text(".");
    } else {
      page.text(Wording.certainty(run));
    }
    page.closeLine();
  }

  private static void story(RunResult run, Markup page) {
    List<Lane> saturated = run.lanesByFirst().stream().filter(Lane::saturated).toList();
    List<String> never =
        run.lanes().stream()
            .filter(lane -> !lane.saturated())
            .map(lane -> Wording.uncapital(lane.resource()))
            .toList();
    List<RunEvent> outcomes = Wording.outcomes(run, 1);
    if (saturated.isEmpty() && run.objectives().isEmpty() && outcomes.isEmpty()) {
      return; // the headline has said it
    }
    page.open("p", "class", "story");
    if (!saturated.isEmpty()) {
      first(saturated.get(0), page);
      if (!never.isEmpty()) {
        page.text(" " + Wording.capital(Wording.listed(never)) + " never filled up.");
      }
    } else if (!run.objectives().isEmpty()) { // else the headline has said it
      page.text("Nothing saturated.");
      Wording.nearest(run).ifPresent(lane -> page.text(" " + Wording.nearestWords(lane)));
    }
    for (RunEvent event : outcomes) {
      page.text(
          " At "
              + Figures.clock(event.atNanos())
              + " "
              + event.text()
              + "; "
              + event.outcome()
              + ".");
    }
    page.closeLine();
  }

  private static void first(Lane lane, Markup page) {
    page.text("The first thing to saturate was ").element("b", lane.resource());
    if (!lane.entity().isEmpty()) {
      page.text(", on " + lane.entity());
    }
    page.text(" at ").element("b", Figures.clock(lane.firstNanos()));
    if (lane.entities() > 1 && lane.allOverFromNanos().isPresent()) {
      page.text(" and on all " + Figures.word(lane.entities()) + " by ")
          .element("b", Figures.clock(lane.allOverFromNanos().getAsLong()));
    } else if (lane.entitiesOver() > 1) {
      page.text(" and later on " + lane.entitiesOver() + " of " + lane.entities());
    }
    page.text("; it stayed there until " + Figures.clock(lane.periods().get(0).endNanos()));
    if (lane.periods().size() > 1) {
      page.text(" at first, and for " + Figures.durationNanos(lane.totalNanos()) + " in all");
    }
    page.text(".");
  }

  private static void noObjectives(Markup page) {
    page.open("section", "class", "panel", "aria-labelledby", "no-objectives");
    page.element("h3", "No objectives were set", "id", "no-objectives");
    page.element("p", "Three lines of the scenario give the run a verdict:");
    page.element(
        "pre",
        "objectives:\n  - {metric: vm.boot_time, percentile: 95, below: 90s}\n"
            + "  - {metric: vm.cpu_wait, percentile: 95, below: 5%}");
    page.closeLine();
  }

  private static void objectives(RunResult run, Markup page) {
    page.open("section", "class", "panel", "aria-label", "Objectives");
    page.open("table", "class", "objectives").raw("<thead><tr>");
    for (String head :
        List.of("Objective", "Measured against its limit", "Measured", "Limit", "Verdict")) {
      page.element("th", head, "scope", "col");
    }
    page.raw("</tr></thead><tbody>\n");
    for (Objective objective : run.objectivesMissedFirst()) {
      Verdict verdict = objective.verdict();
      page.open("tr");
      page.open("th", "scope", "row", "class", "what")
          .text(objective.title() + ", " + Wording.statistic(objective.statistic()))
          .element("code", objective.metric())
          .close();
      page.open("td", "class", "against");
      bullet(objective, page);
      page.close();
      page.open("td", "class", "measured")
          .element("b", Figures.text(objective.measured(), objective.unit()));
      if (objective.interval().isPresent()) {
        Objective.Interval interval = objective.interval().get();
        page.element(
            "small",
            Figures.text(interval.low(), objective.unit())
                + " to "
                + Figures.text(interval.high(), objective.unit())
                + ", "
                + Figures.percent(interval.confidence())
                + " interval");
      }
      page.close();
      page.element("td", Wording.limit(objective), "class", "limit");
      String state =
          verdict == Verdict.MET ? "met" : verdict == Verdict.MISSED ? "missed" : "unknown";
      page.open("td", "class", "outcome " + state).raw(Panel.mark(state));
      page.element("b", Wording.distance(objective));
      double beyond = objective.secondsBeyond().orElse(0);
      if (beyond > 0) {
        String side = objective.direction() == Objective.Direction.BELOW ? "above" : "below";
        page.element("small", side + " it for " + Figures.duration(beyond));
      }
      page.close();
      page.closeLine();
    }
    page.raw("</tbody>").closeLine();
    page.closeLine();
  }

  private static void bullet(Objective objective, Markup page) {
    double share =
        objective.limit() == 0 ? 0 : objective.measured() / objective.limit() * LIMIT_PLACE;
    boolean missed = objective.verdict() == Verdict.MISSED;
    page.open("svg", "class", "bullet", "aria-hidden", "true");
    page.open("rect", "class", "track", "y", "7", "width", "100%", "height", "9", "rx", "4.5")
        .close();
    if (share > 0) {
      page.open(
              "rect",
              "class",
              missed ? "over" : "fill",
              "y",
              "7",
              "width",
              Panel.percent(Math.min(1, share)),
              "height",
              "9",
              "rx",
              "4.5")
          .close();
    }
    page.open(
            "rect",
            "class",
            "tick",
            "x",
            Panel.percent(LIMIT_PLACE),
            "y",
            "1",
            "width",
            "2",
            "height",
            "21")
        .close();
    page.close();
  }

  private static void saturation(RunResult run, Markup page) {
    if (run.lanes().isEmpty()) {
      return;
    }
    page.open("section", "class", "panel lanes", "aria-labelledby", "lanes-title");
    page.open("header", "class", "panel-head")
        .element("h3", "What saturated, in order of first time", "id", "lanes-title");
    page.element(
        "p",
        "Time spent above each resource’s own threshold. Orange means over a limit, here and"
            + " everywhere on this page.");
    page.closeLine();
    page.open("ul");
    for (Lane lane : run.lanesByFirst()) {
      lane(lane, run.identity().durationNanos(), page);
    }
    page.open("li", "class", "axis").raw("<span></span>");
    ClockAxis.write(page, run.identity().durationNanos());
    page.raw("<span></span>").close();
    page.closeLine();
    page.closeLine();
  }

  private static void lane(Lane lane, long duration, Markup page) {
    page.open("li", "class", lane.saturated() ? "saturated" : null);
    page.element("span", Wording.capital(lane.resource()), "class", "resource");
    page.open("svg", "class", "lane", "aria-hidden", "true");
    page.open("rect", "class", "track", "width", "100%", "height", "15", "rx", "3").close();
    for (Period period : drawable(lane.periods(), duration)) {
      double width = Math.max(0.004, (double) period.lengthNanos() / duration);
      double from = Math.min(1 - width, (double) period.startNanos() / duration);
      page.open(
              "rect",
              "class",
              "over",
              "x",
              Panel.percent(from),
              "width",
              Panel.percent(width),
              "height",
              "15",
              "rx",
              "2")
          .close();
    }
    page.close();
    String words;
    if (lane.saturated()) {
      words =
          "first "
              + Figures.clock(lane.firstNanos())
              + " · "
              + Figures.durationNanos(lane.totalNanos())
              + (lane.periods().size() > 1 ? " in all" : "");
    } else {
      words = "never, highest " + Figures.text(lane.highest(), lane.unit());
    }
    page.open("span", "class", "when").text(words);
    page.element("small", "threshold " + lane.thresholdWords()).close();
    page.closeLine();
  }

  /** Joins periods that the eye could not tell apart, so that thousands of them stay small. */
  private static List<Period> drawable(List<Period> periods, long duration) {
    if (periods.size() <= MOST_PERIODS) {
      return periods;
    }
    List<Period> joined = new ArrayList<>();
    for (Period next : periods) {
      Period last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && next.startNanos() - last.endNanos() < duration / MOST_PERIODS) {
        joined.set(joined.size() - 1, new Period(last.startNanos(), next.endNanos()));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }
}
