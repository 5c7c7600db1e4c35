// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.Comparator;
import java.util.List;
import org.poolsim.reports.result.Count;
import org.poolsim.reports.result.HostResult;
import org.poolsim.reports.result.HostResult.Share;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.summary.Figures;

/** Pool at a glance: six counts and the host table, worst host first. */
final class GlanceSection implements Section {
  /** Hosts that get a row of their own; the filter finds the others. */
  static final int MOST_ROWS = 50;

  @Override
  public String id() {
    return "pool";
  }

  @Override
  public String title() {
    return "Pool at a glance";
  }

  @Override
  public String absence(RunResult run) {
    return "";
  }

  @Override
  public String sentence(RunResult run) {
    return run.hosts().size() > 1
        ? "95th percentile over the run for each host, in % of its own capacity; the strip shows dom0 CPU through the run."
        : "";
  }

  /** Returns the hosts, those longest over a threshold first. */
  static List<HostResult> worstFirst(RunResult run) {
    return run.hosts().stream()
        .sorted(
            Comparator.comparingDouble((HostResult h) -> -h.dom0Cpu().secondsOver())
                .thenComparingDouble(h -> -h.guestCpu().secondsOver())
                .thenComparingDouble(h -> -orZero(h.dom0Cpu().p95())))
        .toList();
  }

  private static double orZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  @Override
  public void write(RunResult run, Markup page) {
    List<HostResult> hosts = worstFirst(run);
    page.open("section", "class", "panel", "aria-label", "Counts and hosts");
    page.open("dl", "class", "counts");
    for (Count count : run.counts()) {
      page.open("div")
          .element("dt", count.label())
          .element("dd", Figures.text(count.value(), count.unit()));
      page.closeLine();
    }
    page.closeLine();
    if (hosts.size() > 1) {
      table(hosts, page);
    }
    page.closeLine();
    if (hosts.size() > 1) {
      island(hosts, page);
    }
  }

  private static void table(List<HostResult> hosts, Markup page) {
    boolean links = hosts.stream().anyMatch(host -> host.storageLink().isPresent());
    boolean networks = hosts.stream().anyMatch(host -> host.network().isPresent());
    if (hosts.size() > MOST_ROWS) {
      page.open("p", "class", "filter-line js-only")
          .raw(
              "<input id=\"host-filter\" type=\"search\" placeholder=\"host-17\" aria-label=\"Filter hosts by name\">")
          .element(
              "span",
              "The worst "
                  + MOST_ROWS
                  + " of "
                  + Figures.whole(hosts.size())
                  + " hosts; the filter finds any.",
              "id",
              "host-filter-says",
              "role",
              "status");
      page.closeLine();
    }
    page.open("div", "class", "scroll")
        .open("table", "class", "hosts", "id", "hosts")
        .raw("<thead><tr>");
    page.element("th", "Host", "scope", "col")
        .element("th", "dom0 CPU over time", "scope", "col", "class", "strip-head js-only");
    page.element("th", "dom0 CPU", "scope", "col")
        .element("th", "Guest CPU", "scope", "col")
        .element("th", "Memory", "scope", "col");
    if (links) {
      page.element("th", "Storage link", "scope", "col");
    }
    if (networks) {
      page.element("th", "Network", "scope", "col");
    }
    page.element("th", "VMs at end", "scope", "col", "class", "right")
        .raw("</tr></thead><tbody>\n");
    for (int i = 0; i < Math.min(MOST_ROWS, hosts.size()); i++) {
      HostResult host = hosts.get(i);
      page.open("tr");
      page.open("th", "scope", "row").text(host.name());
      if (!host.note().isEmpty()) {
        page.text(" ").element("small", host.note());
      }
      page.close();
      page.open("td", "class", "strip js-only")
          .open(
              "canvas",
              "class",
              "host-strip",
              "data-host",
              Integer.toString(i),
              "aria-hidden",
              "true")
          .close()
          .close();
      cell(page, "dom0 CPU", host.dom0Cpu());
      cell(page, "Guest CPU", host.guestCpu());
      cell(page, "Memory", host.memory());
      if (links) {
        cell(page, "Storage link", host.storageLink().orElse(null));
      }
      if (networks) {
        cell(page, "Network", host.network().orElse(null));
      }
      page.open("td", "class", "right")
          .element("span", "VMs at end", "class", "label")
          .text(Integer.toString(host.vmsAtEnd()))
          .close();
      page.closeLine();
    }
    page.raw("</tbody>").close().closeLine();
  }

  private static void cell(Markup page, String label, Share share) {
    page.open("td", "class", "share").element("span", label, "class", "label");
    if (share == null) {
      page.element("span", Figures.NOT_APPLICABLE, "class", "figure");
    } else {
      Panel.share(page, share.p95(), share.threshold());
    }
    page.close();
  }

  private void island(List<HostResult> hosts, Markup page) {
    Island data = new Island();
    SeriesCode code = hosts.size() > MOST_ROWS ? SeriesCode.THIN_STRIP : SeriesCode.STRIP;
    data.numberProperty("threshold", hosts.get(0).dom0Cpu().threshold());
    data.json().writeArrayPropertyStart("hosts");
    for (HostResult host : hosts) {
      data.json().writeStartObject();
      data.json().writeStringProperty("name", host.name());
      data.series("strip", host.dom0Cpu().columns(), code);
      Absence.write(data, host);
      if (hosts.size() > MOST_ROWS) {
        data.json().writeStringProperty("note", host.note());
        data.json().writeArrayPropertyStart("p95");
        data.number(host.dom0Cpu().p95());
        data.number(host.guestCpu().p95());
        data.number(host.memory().p95());
        data.number(host.storageLink().map(Share::p95).orElse(Double.NaN));
        data.number(host.network().map(Share::p95).orElse(Double.NaN));
        data.json().writeEndArray();
        data.json().writeNumberProperty("vms", host.vmsAtEnd());
      }
      data.json().writeEndObject();
    }
    data.json().writeEndArray();
    data.into(page, id());
  }
}
