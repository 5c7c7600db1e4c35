// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.poolsim.reports.result.Columns;
import org.poolsim.reports.result.CpuDetail;
import org.poolsim.reports.result.HostResult;
import org.poolsim.reports.result.HostResult.Share;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.Plot;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.result.Unit;
import org.poolsim.reports.summary.Figures;
import org.poolsim.reports.summary.Wording;

/** CPU: heat strips of dom0 and guests per host, the VMs that waited longest, the run queue. */
final class CpuSection implements Section {
  @Override
  public String id() {
    return "cpu";
  }

  @Override
  public String title() {
    return "CPU";
  }

  @Override
  public String absence(RunResult run) {
    return run.cpu().isEmpty() || run.hosts().isEmpty() ? "no CPU model ran" : "";
  }

  @Override
  public List<Lane> lanes(RunResult run) {
    return run.lanes().stream()
        .filter(lane -> lane.resource().toUpperCase(Locale.ROOT).contains("CPU"))
        .toList();
  }

  /** A host may be half idle while its scheduler or a mask lets a VM wait. */
  @Override
  public boolean folds(RunResult run) {
    return Wording.waits(run).isEmpty();
  }

  @Override
  public String quietLine(RunResult run) {
    List<String> words = new ArrayList<>();
    for (Lane lane : lanes(run)) {
      words.add(
          lane.resource()
              + " at most "
              + Figures.text(lane.highest(), lane.unit())
              + (lane.highestEntity().isEmpty()
                  ? ""
                  : " ("
                      + lane.highestEntity()
                      + ", "
                      + Figures.clock(lane.highestAtNanos())
                      + ")"));
    }
    return Wording.capital(Wording.listed(words)) + ".";
  }

  @Override
  public String sentence(RunResult run) {
    return run.cpu().map(CpuDetail::sentence).orElse("");
  }

  @Override
  public void write(RunResult run, Markup page) {
    CpuDetail cpu = run.cpu().orElseThrow();
    List<CpuDetail.VmWait> waits =
        cpu.worstWaits().stream().filter(wait -> wait.share().columns().highest() > 0).toList();
    List<HostResult> hosts = GlanceSection.worstFirst(run);
    List<HostResult> drawn = Strips.drawn(hosts);
    String trust = Panel.trust(run, "CPU");
    String column =
        Figures.durationNanos(
            hosts
                .get(0)
                .dom0Cpu()
                .columns()
                .atMost(hosts.size() > GlanceSection.MOST_ROWS ? 240 : 720)
                .columnNanos());
    String which =
        drawn.size() < hosts.size()
            ? "The worst " + drawn.size() + " of " + Figures.whole(hosts.size()) + " hosts"
            : "Each row is a host";
    String sentence = which + ", each column " + column + ". Sorted by time over threshold.";
    Panel.open(page, "cpu-strips", "dom0 CPU and guest CPU by host", sentence, trust);
    Panel.plot(page, id(), 0, "strips clocked", "dom0 CPU and guest CPU by host", "");
    page.closeLine();
    List<Plot> plots = new ArrayList<>();
    if (drawn.size() < hosts.size()) {
      plots.add(rest(hosts.subList(drawn.size(), hosts.size())));
    }
    cpu.runQueue().ifPresent(plots::add);
    if (!waits.isEmpty()) {
      Panel.open(
          page,
          "cpu-waits",
          "VMs that waited longest for a pCPU",
          "vCPU wait in % of time, worst first.",
          trust);
      Panel.plot(page, id(), 1, "strips clocked", "VMs that waited longest for a pCPU", "");
      page.closeLine();
    }
    for (int i = 0; i < plots.size(); i++) {
      Plot plot = plots.get(i);
      Panel.open(page, "cpu-panel-" + i, plot.title(), plot.sentence(), trust);
      Panel.plot(page, id(), i, "plot clocked", plot.title(), "");
      page.closeLine();
    }
    Island data = new Island();
    data.json().writeArrayPropertyStart("strips");
    data.json().writeStartArray();
    Strips.hosts(data, "dom0", drawn, HostResult::dom0Cpu);
    Strips.hosts(data, "guests", drawn, HostResult::guestCpu);
    data.json().writeEndArray();
    if (!waits.isEmpty()) {
      data.json().writeStartArray();
      waits(data, waits);
      data.json().writeEndArray();
    }
    data.json().writeEndArray();
    data.plots("plots", plots);
    data.into(page, id());
  }

  private static void waits(Island data, List<CpuDetail.VmWait> waits) {
    data.json().writeStartObject();
    data.json().writeStringProperty("label", "");
    data.numberProperty("threshold", waits.get(0).share().threshold());
    data.json().writeArrayPropertyStart("rows");
    for (CpuDetail.VmWait wait : waits) {
      data.json().writeStartObject();
      data.json().writeStringProperty("name", wait.vm());
      data.json().writeStringProperty("host", wait.host());
      data.series("series", wait.share().columns(), SeriesCode.STRIP);
      data.json().writeEndObject();
    }
    data.json().writeEndArray();
    data.json().writeEndObject();
  }

  /** The hosts that are not drawn one by one, as percentiles over hosts at each instant. */
  private static Plot rest(List<HostResult> hosts) {
    List<Columns> all = hosts.stream().map(HostResult::dom0Cpu).map(Share::columns).toList();
    return Plot.of(
            "dom0 CPU of the other " + Figures.whole(hosts.size()) + " hosts",
            Unit.FRACTION,
            List.of(
                new Plot.Line("p95 of hosts", Plot.Style.LINE, Columns.percentileOver(all, 95)),
                new Plot.Line("p5 of hosts", Plot.Style.BAND_FLOOR, Columns.percentileOver(all, 5)),
                new Plot.Line("p50 of hosts", Plot.Style.LINE, Columns.percentileOver(all, 50))))
        .limited("threshold", hosts.get(0).dom0Cpu().threshold());
  }
}
