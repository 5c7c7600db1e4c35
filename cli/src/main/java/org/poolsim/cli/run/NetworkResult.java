// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.poolsim.pool.spec.BondSpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.PifSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.reports.result.Columns;
import org.poolsim.reports.result.HostResult.Share;
import org.poolsim.reports.result.NetworkDetail;
import org.poolsim.reports.result.NetworkDetail.Link;
import org.poolsim.reports.result.Plot;
import org.poolsim.reports.result.Unit;

/** What the report says of the NICs of a run. */
final class NetworkResult {
  private final RunSpec run;
  private final RunRecorder recorder;
  private final long endNanos;

  NetworkResult(RunSpec run, RunRecorder recorder, long endNanos) {
    this.run = run;
    this.recorder = recorder;
    this.endNanos = endNanos;
  }

  /** Returns the section; empty when no NIC was used. */
  Optional<NetworkDetail> detail() {
    List<Link> links = new ArrayList<>();
    for (HostSpec host : run.pool().hosts()) {
      for (PifSpec pif : host.pifs()) {
        String name = host.name() + "/" + pif.device();
        recorder
            .level("pif.utilisation", name, endNanos)
            .filter(columns -> columns.highest() > 0)
            .ifPresent(
                columns ->
                    links.add(
                        new Link(
                            name,
                            host.name(),
                            bondOf(host, pif),
                            pif.speedBitsPerSecond(),
                            Share.of(columns, run.saturation().link()))));
      }
    }
    if (links.isEmpty()) {
      return Optional.empty();
    }
    links.sort(
        Comparator.comparingDouble((Link link) -> -link.share().columns().highest())
            .thenComparing(Link::name));
    return Optional.of(new NetworkDetail(sentence(), links, plots(links.get(0))));
  }

  private static String bondOf(HostSpec host, PifSpec pif) {
    return host.bonds().stream()
        .filter(bond -> bond.members().contains(pif.device()))
        .map(BondSpec::name)
        .findFirst()
        .orElse("");
  }

  private String sentence() {
    String backend =
        switch (run.pool().networkBackend()) {
          case OPENVSWITCH -> "Open vSwitch";
          case BRIDGE -> "the Linux bridge";
        };
    return "Netback in dom0 under "
        + backend
        + ". A capacity model: line rates and dom0 CPU per packet, neither flow-table misses nor"
        + " drops; not validated against real hosts.";
  }

  private List<Plot> plots(Link busiest) {
    List<Plot> plots = new ArrayList<>();
    plots.add(
        Plot.of(
                "Busiest link, " + busiest.name(),
                Unit.BITS_PER_SECOND,
                List.of(
                    new Plot.Line(
                        "busier direction",
                        Plot.Style.LINE,
                        busiest.share().columns().times(busiest.bitsPerSecond()))))
            .saying("Frames with their gaps, as the line rate counts them."));
    List<Columns> packets =
        run.pool().hosts().stream()
            .flatMap(host -> recorder.level("host.dom0_packet_cpu", host.name(), endNanos).stream())
            .toList();
    if (packets.stream().anyMatch(host -> host.highest() > 0)) {
      plots.add(
          Plot.highestAndLowest(
                  "dom0 CPU spent on packets, % of its vCPUs", Unit.FRACTION, "host", packets)
              .saying("netback and the virtual switch; work that has ended in each window."));
    }
    return plots;
  }
}
