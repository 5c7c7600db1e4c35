// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.poolsim.reports.result.HostResult;
import org.poolsim.reports.result.HostResult.MemoryParts;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.MemoryDetail;
import org.poolsim.reports.result.Plot;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.result.Unit;
import org.poolsim.reports.summary.Figures;

/** Memory: how full each host was, what its memory was used for, balloon targets against actual. */
final class MemorySection implements Section {
  private static final int MOST_PARTS = 24;

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public String title() {
    return "Memory";
  }

  @Override
  public String absence(RunResult run) {
    return run.memory().isEmpty() || run.hosts().isEmpty() ? "no memory model ran" : "";
  }

  @Override
  public List<Lane> lanes(RunResult run) {
    return run.lanes().stream()
        .filter(lane -> lane.resource().toLowerCase(Locale.ROOT).contains("memory"))
        .toList();
  }

  /** Balloons may move a lot on a host that saturates nothing. */
  @Override
  public boolean folds(RunResult run) {
    return run.memory().filter(MemoryDetail::restless).isEmpty();
  }

  @Override
  public String quietLine(RunResult run) {
    Lane lane = lanes(run).get(0);
    return "Highest "
        + Figures.text(lane.highest(), lane.unit())
        + " of host memory"
        + (lane.highestEntity().isEmpty()
            ? ""
            : " (" + lane.highestEntity() + ", " + Figures.clock(lane.highestAtNanos()) + ")")
        + ". "
        + sentence(run);
  }

  @Override
  public String sentence(RunResult run) {
    return run.memory().map(MemoryDetail::sentence).orElse("");
  }

  @Override
  public void write(RunResult run, Markup page) {
    MemoryDetail memory = run.memory().orElseThrow();
    String trust = Panel.trust(run, "memory");
    List<HostResult> hosts =
        run.hosts().stream()
            .sorted(Comparator.comparingDouble((HostResult h) -> -h.memory().columns().highest()))
            .toList();
    List<HostResult> drawn = Strips.drawn(hosts);
    String starts =
        memory.refusedStarts() + memory.delayedStarts() == 0
            ? "No start was refused or delayed for want of memory."
            : Figures.plural(memory.refusedStarts(), "start")
                + " refused and "
                + Figures.whole(memory.delayedStarts())
                + " delayed for want of memory.";
    Panel.open(
        page,
        "memory-strips",
        "Memory that balloons cannot give back, by host",
        "Fullest first. " + starts,
        trust);
    Panel.plot(
        page, id(), 0, "strips clocked", "Memory that balloons cannot give back, by host", "");
    page.closeLine();
    List<HostResult> parts =
        hosts.stream().filter(host -> host.memoryParts().isPresent()).limit(MOST_PARTS).toList();
    if (!parts.isEmpty()) {
      Panel.open(
          page,
          "memory-parts",
          "What a host’s memory is used for",
          "Means, stacked; the fullest host first.",
          trust);
      page.open("p", "class", "picker js-only").raw("<label>Host <select data-picks=\"memory\">");
      for (int i = 0; i < parts.size(); i++) {
        page.element("option", parts.get(i).name(), "value", Integer.toString(i));
      }
      page.raw("</select></label>").closeLine();
      Panel.plot(page, id(), 0, "plot clocked picked", "What a host’s memory is used for", "");
      page.closeLine();
    }
    if (memory.balloons().isPresent()) {
      Plot balloons = memory.balloons().get();
      Panel.open(page, "memory-balloons", balloons.title(), balloons.sentence(), trust);
      Panel.plot(page, id(), 0, "plot clocked", balloons.title(), "");
      page.closeLine();
    }
    Island data = new Island();
    data.json().writeArrayPropertyStart("strips");
    data.json().writeStartArray();
    Strips.hosts(data, "", drawn, HostResult::memory);
    data.json().writeEndArray();
    data.json().writeEndArray();
    data.plots(
        "picked",
        parts.stream().map(host -> stack(host.name(), host.memoryParts().orElseThrow())).toList());
    data.plots("plots", memory.balloons().map(List::of).orElse(List.of()));
    data.into(page, id());
  }

  private static Plot stack(String host, MemoryParts parts) {
    return Plot.of(
        host,
        Unit.BYTES,
        List.of(
            new Plot.Line("Xen", Plot.Style.STACK, parts.xen().atMost(240)),
            new Plot.Line("dom0", Plot.Style.STACK, parts.dom0().atMost(240)),
            new Plot.Line("guests", Plot.Style.STACK, parts.guests().atMost(240)),
            new Plot.Line("free", Plot.Style.STACK, parts.free().atMost(240))));
  }
}
