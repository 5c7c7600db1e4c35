// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.List;
import java.util.function.Function;
import org.poolsim.reports.result.HostResult;
import org.poolsim.reports.result.HostResult.Share;

/** Heat strips: one row per entity, time across, one shade per column. */
final class Strips {
  /** Rows drawn in full; more are too thin to read. */
  static final int MOST_ROWS = 500;

  private Strips() {}

  /** Writes one group of strips over the hosts into the open array of groups. */
  static void hosts(
      Island data, String label, List<HostResult> hosts, Function<HostResult, Share> of) {
    SeriesCode code =
        hosts.size() > GlanceSection.MOST_ROWS ? SeriesCode.THIN_STRIP : SeriesCode.STRIP;
    data.json().writeStartObject();
    data.json().writeStringProperty("label", label);
    data.numberProperty("threshold", of.apply(hosts.get(0)).threshold());
    data.json().writeArrayPropertyStart("rows");
    for (HostResult host : hosts) {
      data.json().writeStartObject();
      data.json().writeStringProperty("name", host.name());
      data.series("series", of.apply(host).columns(), code);
      Absence.write(data, host);
      data.json().writeEndObject();
    }
    data.json().writeEndArray();
    data.json().writeEndObject();
  }

  /** Returns the hosts to draw: all, or of very many the worst fifty. */
  static List<HostResult> drawn(List<HostResult> worstFirst) {
    return worstFirst.size() > MOST_ROWS
        ? worstFirst.subList(0, GlanceSection.MOST_ROWS)
        : worstFirst;
  }
}
