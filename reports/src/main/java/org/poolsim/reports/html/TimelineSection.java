// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import org.poolsim.reports.result.Plot;
import org.poolsim.reports.result.RunEvent;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.summary.Figures;

/** Timeline: the events, and the pool's plots on one clock. */
final class TimelineSection implements Section {
  private static final int MOST_EVENTS = 500;

  @Override
  public String id() {
    return "timeline";
  }

  @Override
  public String title() {
    return "Timeline";
  }

  @Override
  public String absence(RunResult run) {
    return run.timeline().isEmpty() ? "no series of the pool were recorded" : "";
  }

  @Override
  public String sentence(RunResult run) {
    return "All plots share one clock and one cursor. Drag to zoom, double-click to reset, arrow keys to step, E to"
        + " jump to the next event.";
  }

  @Override
  public void write(RunResult run, Markup page) {
    String step =
        Figures.durationNanos(run.timeline().get(0).lines().get(0).columns().columnNanos());
    page.open("section", "class", "panel", "id", "timeline-panel", "aria-labelledby", "cursor-at");
    page.open("header", "class", "panel-head").element("h3", "Timeline", "id", "cursor-at");
    page.element(
        "p",
        "Simulated time since the start · band: lowest to highest per column · a gap means no data, never zero");
    page.open("div", "class", "trust").text(step + " columns").close();
    page.closeLine();
    page.raw("<div class=\"event-lane js-only\" aria-hidden=\"true\"></div>\n");
    for (int i = 0; i < run.timeline().size(); i++) {
      Plot plot = run.timeline().get(i);
      Panel.plot(page, id(), i, "plot clocked", plot.title(), plot.sentence());
    }
    if (!run.events().isEmpty()) {
      page.open("details", "class", "event-list")
          .element("summary", Figures.plural(run.events().size(), "event"));
      page.open("ol");
      run.events().stream()
          .limit(MOST_EVENTS)
          .forEach(
              event ->
                  page.open("li")
                      .element("b", Figures.clock(event.atNanos()))
                      .text(
                          " "
                              + event.text()
                              + (event.outcome().isEmpty() ? "" : "; " + event.outcome()))
                      .closeLine());
      page.close();
      if (run.events().size() > MOST_EVENTS) {
        page.element("p", "The rest is in events.jsonl.");
      }
      page.closeLine();
    }
    page.closeLine();
    Island data = new Island();
    data.plots("plots", run.timeline());
    data.json().writeArrayPropertyStart("events");
    for (RunEvent event : run.events().subList(0, Math.min(MOST_EVENTS, run.events().size()))) {
      data.json().writeStartObject();
      data.json().writeName("t").writeRawValue(SeriesCode.shortNumber(event.atNanos() * 1e-9, 12));
      data.json().writeStringProperty("kind", event.kind().name());
      data.json().writeStringProperty("text", event.text());
      if (event.untilNanos().isPresent()) {
        data.json()
            .writeName("until")
            .writeRawValue(SeriesCode.shortNumber(event.untilNanos().getAsLong() * 1e-9, 12));
      }
      data.json().writeEndObject();
    }
    data.json().writeEndArray();
    data.into(page, id());
  }
}
