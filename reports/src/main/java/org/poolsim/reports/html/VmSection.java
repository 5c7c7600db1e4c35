// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.result.VmTable;
import org.poolsim.reports.summary.Figures;
import org.poolsim.reports.summary.Wording;

/** VMs: a table of all of them, of which only the visible rows are in the document. */
final class VmSection implements Section {
  private static final int MOST_WORST = 500;
  private static final int MOST_RESTARTED = 500;

  private final Detail detail;

  /** How much of the VMs' series the page holds. */
  enum Detail {
    /** Sparklines, and opened rows for up to 200 VMs. */
    FULL(200),
    /** Sparklines only. */
    SPARKLINES(0),
    /** Figures only. */
    FIGURES(0);

    private final int opened;

    Detail(int opened) {
      this.opened = opened;
    }
  }

  VmSection(Detail detail) {
    this.detail = detail;
  }

  @Override
  public String id() {
    return "vms";
  }

  @Override
  public String title() {
    return "VMs";
  }

  @Override
  public String absence(RunResult run) {
    return run.vms().rows().isEmpty() ? "the run has no VMs" : "";
  }

  @Override
  public String sentence(RunResult run) {
    VmTable table = run.vms();
    String order =
        table.figures().stream()
            .filter(f -> f.key().equals(table.sortedBy()))
            .findFirst()
            .map(f -> ", highest " + Wording.uncapital(f.title()) + " first")
            .orElse("");
    return Figures.plural(table.rows().size(), "VM")
        + order
        + ". Every column sorts; the filter takes a name, a host or a condition.";
  }

  /** Returns what may be typed into the filter, from the table's own words. */
  private static String example(VmTable table) {
    List<String> words = new ArrayList<>();
    table.rows().stream().map(VmTable.Row::name).findFirst().ifPresent(words::add);
    table.rows().stream().flatMap(row -> row.hosts().stream()).findFirst().ifPresent(words::add);
    table.figures().stream()
        .findFirst()
        .ifPresent(
            figure ->
                words.add(
                    figure.key()
                        + " > "
                        + switch (figure.unit()) {
                          case SECONDS -> "90s";
                          case FRACTION -> "5%";
                          case BYTES -> "2GiB";
                          default -> "100";
                        }));
    return String.join(" · ", words);
  }

  @Override
  public void write(RunResult run, Markup page) {
    VmTable table = run.vms();
    page.open("section", "class", "panel", "aria-label", "VMs", "id", "vm-panel");
    page.raw(
        "<noscript><p>This table needs JavaScript; the same figures are in summary.json.</p></noscript>\n");
    page.open("div", "class", "filter-line js-only");
    page.single(
        "input",
        "id",
        "vm-filter",
        "type",
        "search",
        "placeholder",
        example(table),
        "aria-label",
        "Filter VMs by name, host or condition",
        "autocomplete",
        "off",
        "spellcheck",
        "false");
    page.raw("<span id=\"vm-chips\" role=\"group\" aria-label=\"Show\"></span>").closeLine();
    page.raw(
        "<div id=\"vm-scroll\" class=\"vm-scroll js-only\" tabindex=\"0\" role=\"region\" aria-label=\"Table of VMs\"><table id=\"vm-table\"></table></div>\n");
    page.raw("<p id=\"vm-says\" class=\"says\" role=\"status\"></p>\n");
    page.closeLine();
    island(table, page);
  }

  private void island(VmTable table, Markup page) {
    Island data = new Island();
    Map<String, Integer> hosts = new LinkedHashMap<>();
    table.rows().forEach(row -> row.hosts().forEach(host -> hosts.putIfAbsent(host, hosts.size())));
    data.json().writeStringProperty("sortedBy", table.sortedBy());
    data.json().writeArrayPropertyStart("figures");
    for (int i = 0; i < table.figures().size(); i++) {
      VmTable.Figure figure = table.figures().get(i);
      data.json().writeStartObject();
      data.json().writeStringProperty("key", figure.key());
      data.json().writeStringProperty("title", figure.title());
      data.unit(figure.unit());
      if (figure.limit().isPresent()) {
        data.numberProperty("limit", figure.limit().getAsDouble());
      }
      data.json().writeArrayPropertyStart("values");
      for (VmTable.Row row : table.rows()) {
        Double value = row.values().get(i);
        if (value == null) {
          data.json().writeString("");
        } else {
          data.number(value);
        }
      }
      data.json().writeEndArray();
      data.json().writeEndObject();
    }
    data.json().writeEndArray();
    data.json().writeArrayPropertyStart("series");
    for (VmTable.SeriesName name : table.series()) {
      data.json().writeStartObject();
      data.json().writeStringProperty("title", name.title());
      data.unit(name.unit());
      data.json().writeEndObject();
    }
    data.json().writeEndArray();
    data.json().writeArrayPropertyStart("hosts");
    hosts.keySet().forEach(data.json()::writeString);
    data.json().writeEndArray();
    data.json().writeArrayPropertyStart("names");
    table.rows().forEach(row -> data.json().writeString(row.name()));
    data.json().writeEndArray();
    data.json().writeArrayPropertyStart("on");
    for (VmTable.Row row : table.rows()) {
      if (row.hosts().size() == 1) {
        data.json().writeNumber(hosts.get(row.hosts().get(0)));
      } else {
        data.json().writeStartArray();
        row.hosts().forEach(host -> data.json().writeNumber(hosts.get(host)));
        data.json().writeEndArray();
      }
    }
    data.json().writeEndArray();
    data.json().writeArrayPropertyStart("restarted");
    IntStream.range(0, table.rows().size())
        .filter(i -> table.rows().get(i).restarted())
        .forEach(data.json()::writeNumber);
    data.json().writeEndArray();
    if (detail != Detail.FIGURES) {
      series(data, table);
    }
    data.into(page, id());
  }

  private void series(Island data, VmTable table) {
    List<Integer> worst = worstFirst(table);
    int kept = 0;
    int keptRestarted = 0;
    int opened = 0;
    data.json().writeArrayPropertyStart("kept");
    for (int i : worst) {
      VmTable.Row row = table.rows().get(i);
      boolean among = kept < MOST_WORST;
      boolean restarted = !among && row.restarted() && keptRestarted < MOST_RESTARTED;
      if (row.series().isEmpty() || !(among || restarted)) {
        continue;
      }
      kept += among ? 1 : 0;
      keptRestarted += restarted ? 1 : 0;
      data.json().writeStartObject();
      data.json().writeNumberProperty("i", i);
      if (opened < detail.opened) {
        opened++;
        data.json().writeArrayPropertyStart("open");
        row.series().forEach(columns -> SeriesCode.OPENED.write(data.json(), columns));
        data.json().writeEndArray();
      } else {
        data.series("spark", row.series().get(0), SeriesCode.SPARKLINE);
      }
      data.json().writeEndObject();
    }
    data.json().writeEndArray();
  }

  /**
   * Returns the rows' numbers, those first that are furthest over any objective or, then, slowest.
   */
  private static List<Integer> worstFirst(VmTable table) {
    double[] badness = new double[table.rows().size()];
    for (int figure = 0; figure < table.figures().size(); figure++) {
      VmTable.Figure column = table.figures().get(figure);
      for (int i = 0; i < badness.length; i++) {
        Double value = table.rows().get(i).values().get(figure);
        if (value == null || Double.isNaN(value)) {
          continue;
        }
        if (column.limit().isPresent()) {
          badness[i] = Math.max(badness[i], value / column.limit().getAsDouble());
        }
      }
    }
    return IntStream.range(0, badness.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -badness[i]))
        .toList();
  }
}
