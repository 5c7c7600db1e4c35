// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.List;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.NetworkDetail;
import org.poolsim.reports.result.NetworkDetail.Link;
import org.poolsim.reports.result.Objective;
import org.poolsim.reports.result.Plot;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.result.Unit;
import org.poolsim.reports.summary.Figures;

/** Network: the busiest links, and dom0's CPU spent on packets. */
final class NetworkSection implements Section {
  private static final String LANE = "network";
  private static final int MOST_LINKS = 24;

  @Override
  public String id() {
    return "network";
  }

  @Override
  public String title() {
    return "Network";
  }

  @Override
  public String absence(RunResult run) {
    return run.network().isEmpty() ? "no NIC was used" : "";
  }

  @Override
  public List<Lane> lanes(RunResult run) {
    boolean missed =
        run.objectives().stream()
            .filter(objective -> objective.metric().startsWith("pif."))
            .anyMatch(objective -> objective.verdict() == Objective.Verdict.MISSED);
    return missed
        ? List.of()
        : run.lanes().stream().filter(lane -> lane.resource().equals(LANE)).toList();
  }

  @Override
  public String quietLine(RunResult run) {
    return busiest(run.network().orElseThrow());
  }

  @Override
  public String sentence(RunResult run) {
    return run.network().map(NetworkDetail::sentence).orElse("");
  }

  private static String busiest(NetworkDetail network) {
    Link link = network.links().get(0);
    double highest = link.share().columns().highest();
    return "Highest "
        + Figures.text(highest * link.bitsPerSecond(), Unit.BITS_PER_SECOND)
        + " of "
        + Figures.text(link.bitsPerSecond(), Unit.BITS_PER_SECOND)
        + " on "
        + link.name()
        + (link.bond().isEmpty() ? "" : ", a link of " + link.bond())
        + " ("
        + Figures.clock(
            link.share().columns().highestColumn() * link.share().columns().columnNanos())
        + ").";
  }

  @Override
  public void write(RunResult run, Markup page) {
    NetworkDetail network = run.network().orElseThrow();
    String trust = Panel.trust(run, "network");
    List<Link> links = network.links().subList(0, Math.min(MOST_LINKS, network.links().size()));
    Panel.open(
        page,
        "network-links",
        "Links",
        (links.size() < network.links().size()
                ? "The busiest "
                    + links.size()
                    + " of "
                    + Figures.whole(network.links().size())
                    + ". "
                : "Busiest first. ")
            + busiest(network),
        trust);
    Panel.plot(page, id(), 0, "strips clocked", "Links, share of their rate", "");
    page.closeLine();
    for (int i = 0; i < network.plots().size(); i++) {
      Plot plot = network.plots().get(i);
      Panel.open(page, "network-panel-" + i, plot.title(), plot.sentence(), trust);
      Panel.plot(page, id(), i, "plot clocked", plot.title(), "");
      page.closeLine();
    }
    Island data = new Island();
    data.json().writeArrayPropertyStart("strips");
    data.json().writeStartArray();
    data.json().writeStartObject();
    data.json().writeStringProperty("label", "");
    data.numberProperty("threshold", links.get(0).share().threshold());
    data.json().writeArrayPropertyStart("rows");
    for (Link link : links) {
      data.json().writeStartObject();
      data.json()
          .writeStringProperty(
              "name", link.name() + (link.bond().isEmpty() ? "" : " (" + link.bond() + ")"));
      data.json()
          .writeStringProperty("host", Figures.text(link.bitsPerSecond(), Unit.BITS_PER_SECOND));
      data.series("series", link.share().columns(), SeriesCode.STRIP);
      data.json().writeEndObject();
    }
    data.json().writeEndArray();
    data.json().writeEndObject();
    data.json().writeEndArray();
    data.json().writeEndArray();
    data.plots("plots", network.plots());
    data.into(page, id());
  }
}
