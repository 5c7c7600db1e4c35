// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.poolsim.reports.rrd.NumberText;
import org.poolsim.reports.rrd.Rrd;

/**
 * The newest 5 s row of every source in the OpenMetrics text format: one gauge family {@code
 * poolsim_<kind>_<source>} per name, labelled with the object's uuid and name. Unknown values are
 * left out.
 */
public final class OpenMetrics {
  /** The media type of the text. */
  public static final String MEDIA_TYPE =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private OpenMetrics() {}

  /** Returns the text. */
  public static String text(List<RecordedObject> objects) {
    Map<String, List<String>> families = new TreeMap<>();
    for (RecordedObject object : objects) {
      Rrd rrd = object.rrd();
      int newest = rrd.archives().get(0).rows() - 1;
      for (int i = 0; i < rrd.sources().size(); i++) {
        double value = rrd.cell(0, newest, i);
        if (Double.isNaN(value)) {
          continue;
        }
        String family =
            ("poolsim_" + object.owner().kind() + "_" + rrd.sources().get(i).name())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_]", "_");
        families
            .computeIfAbsent(family, name -> new ArrayList<>())
            .add(
                family
                    + "{uuid=\""
                    + escape(object.owner().uuid())
                    + "\",name=\""
                    + escape(object.owner().name())
                    + "\",source=\""
                    + escape(rrd.sources().get(i).name())
                    + "\"} "
                    + number(value)
                    + " "
                    + rrd.newestRowEnd(0)
                    + "\n");
      }
    }
    StringBuilder to = new StringBuilder();
    families.forEach(
        (family, lines) -> {
          to.append("# TYPE ").append(family).append(" gauge\n");
          lines.forEach(to::append);
        });
    return to.append("# EOF\n").toString();
  }

  private static String number(double value) {
    return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : NumberText.of(value);
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
