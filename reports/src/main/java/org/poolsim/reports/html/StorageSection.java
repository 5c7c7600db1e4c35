// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.List;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.Latency;
import org.poolsim.reports.result.Objective;
import org.poolsim.reports.result.Plot;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.result.StorageDetail;
import org.poolsim.reports.result.StorageDetail.ReadTime;
import org.poolsim.reports.result.Unit;
import org.poolsim.reports.summary.Figures;

/** Storage: where a read's time goes, throughput and queue, latencies. */
final class StorageSection implements Section {
  private static final List<String> LANES = List.of("array", "array queue");
  private static final List<String> METRICS = List.of("vbd.", "array.");

  /** Names the bars' patterns once for the page. */
  private static final String PATTERNS =
      "<svg class=\"patterns\" aria-hidden=\"true\"><defs>"
          + pattern(2)
          + pattern(5)
          + pattern(6)
          + "</defs></svg>\n";

  private static String pattern(int stage) {
    return "<pattern id=\"hatch-"
        + stage
        + "\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\""
        + " patternTransform=\"rotate(45)\"><rect class=\"hatch-ground\" width=\"5\""
        + " height=\"5\"/><rect class=\"hatch-"
        + stage
        + "\" width=\"3\" height=\"5\"/></pattern>";
  }

  @Override
  public String id() {
    return "storage";
  }

  @Override
  public String title() {
    return "Storage";
  }

  /** Returns whether a histogram belongs here and not among the response times. */
  static boolean isOfDisks(Latency latency) {
    return latency.metric().startsWith("vbd.");
  }

  @Override
  public String absence(RunResult run) {
    return run.storage().isEmpty() ? "no disk was used" : "";
  }

  @Override
  public List<Lane> lanes(RunResult run) {
    boolean missed =
        run.objectives().stream()
            .filter(objective -> METRICS.stream().anyMatch(objective.metric()::startsWith))
            .anyMatch(objective -> objective.verdict() == Objective.Verdict.MISSED);
    return missed
        ? List.of()
        : run.lanes().stream().filter(lane -> LANES.contains(lane.resource())).toList();
  }

  @Override
  public String quietLine(RunResult run) {
    StringBuilder line = new StringBuilder();
    for (Latency latency : disks(run)) {
      line.append(latency.title())
          .append(" p99 ")
          .append(Figures.text(latency.seconds(99), Unit.SECONDS))
          .append(". ");
    }
    for (Lane lane : lanes(run)) {
      line.append(lane.resource().equals("array") ? "Devices busy" : "queue full")
          .append(" for at most ")
          .append(Figures.text(lane.highest(), lane.unit()))
          .append(lane.resource().equals("array") ? " of the time, " : ".");
    }
    return line.toString();
  }

  private static List<Latency> disks(RunResult run) {
    return run.latencies().stream()
        .filter(latency -> isOfDisks(latency) && latency.histogram().getTotalCount() > 0)
        .toList();
  }

  @Override
  public String sentence(RunResult run) {
    return run.storage().map(StorageDetail::sentence).orElse("");
  }

  @Override
  public void write(RunResult run, Markup page) {
    StorageDetail storage = run.storage().orElseThrow();
    String trust = Panel.trust(run, "storage");
    Island data = new Island();
    if (!storage.reads().isEmpty()) {
      page.raw(PATTERNS);
      Panel.open(
          page,
          "storage-stages",
          "Where a read’s time goes",
          "Mean per stage, because means add up and percentiles do not.",
          trust);
      stages(storage, page);
      page.closeLine();
      stages(storage, data);
    }
    for (int i = 0; i < storage.plots().size(); i++) {
      Plot plot = storage.plots().get(i);
      Panel.open(page, "storage-panel-" + i, plot.title(), plot.sentence(), trust);
      Panel.plot(page, id(), i, "plot clocked", plot.title(), "");
      page.closeLine();
    }
    data.plots("plots", storage.plots());
    LatencyPanels.write(id(), disks(run), storage.calm(), trust, page, data);
    data.into(page, id());
  }

  private void stages(StorageDetail storage, Markup page) {
    double most = storage.reads().stream().mapToDouble(ReadTime::total).max().orElse(0);
    page.open(
        "figure",
        "class",
        "stages",
        "id",
        "storage-stages-0",
        "data-section",
        id(),
        "data-number",
        "0",
        "tabindex",
        "0",
        "role",
        "group",
        "aria-label",
        "Where a read’s time goes",
        "aria-describedby",
        "storage-stages-words");
    page.open("ul");
    for (ReadTime read : storage.reads()) {
      page.open("li");
      page.open("span", "class", "stretch")
          .text(read.label() + " ")
          .element(
              "small",
              Figures.clock(read.period().startNanos())
                  + "–"
                  + Figures.clock(read.period().endNanos()))
          .close();
      bar(read, most, page);
      page.element("b", Figures.text(read.total(), Unit.SECONDS));
      page.closeLine();
    }
    page.closeLine();
    page.open("div", "class", "legend");
    for (int stage = 0; stage < storage.stages().size(); stage++) {
      page.open("span");
      page.raw("<svg class=\"swatch\" aria-hidden=\"true\"><rect class=\"stage-" + (stage + 1));
      page.raw("\" width=\"11\" height=\"11\"/></svg>");
      page.text(storage.stages().get(stage)).close();
    }
    page.closeLine();
    page.element("figcaption", storage.words(), "id", "storage-stages-words");
    page.closeLine();
  }

  private static void bar(ReadTime read, double most, Markup page) {
    page.open("svg", "class", "stage-bar", "aria-hidden", "true");
    double from = 0;
    for (int stage = 0; stage < read.seconds().size(); stage++) {
      double width = most == 0 ? 0 : read.seconds().get(stage) / most;
      if (width > 0) {
        page.open(
                "rect",
                "class",
                "stage-" + (stage + 1),
                "x",
                Panel.percent(from),
                "width",
                Panel.percent(width),
                "height",
                "18")
            .close();
      }
      from += width;
    }
    page.close();
  }

  private static void stages(StorageDetail storage, Island data) {
    data.json().writeArrayPropertyStart("stages");
    data.json().writeStartObject();
    data.json().writeArrayPropertyStart("names");
    storage.stages().forEach(data.json()::writeString);
    data.json().writeEndArray();
    data.json().writeArrayPropertyStart("rows");
    for (ReadTime read : storage.reads()) {
      data.json().writeStartObject();
      data.json().writeStringProperty("label", read.label());
      data.json().writeNumberProperty("count", read.count());
      data.json().writeArrayPropertyStart("seconds");
      read.seconds().forEach(data::number);
      data.json().writeEndArray();
      data.json().writeEndObject();
    }
    data.json().writeEndArray();
    data.json().writeEndObject();
    data.json().writeEndArray();
  }
}
