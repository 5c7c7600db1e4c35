// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.poolsim.reports.result.Latency;
import org.poolsim.reports.result.LatencyHeat;
import org.poolsim.reports.result.Period;
import org.poolsim.reports.result.Unit;
import org.poolsim.reports.summary.Figures;

/** The percentile curve and the heat map of each of several histograms. */
final class LatencyPanels {
  private static final double[] PERCENTILES = {
    0, 10, 25, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 96, 97, 98, 98.5, 99, 99.25, 99.5, 99.7, 99.8,
    99.85, 99.9, 99.93, 99.95, 99.97, 99.98, 99.985, 99.99
  };

  /** Rows of the heat map: two per octave. */
  private static final int BUCKETS_PER_ROW = 8;

  private LatencyPanels() {}

  /**
   * Writes the panels of a section, and their data into the section's.
   *
   * @param calm a stretch of the run to compare with
   */
  static void write(
      String section,
      List<Latency> latencies,
      Optional<Period> calm,
      String trust,
      Markup page,
      Island data) {
    data.json().writeArrayPropertyStart("latencies");
    for (int i = 0; i < latencies.size(); i++) {
      Latency latency = latencies.get(i);
      Optional<Period> known =
          calm.filter(period -> !Double.isNaN(latency.heat().percentileWithin(period, 50)));
      page.open("div", "class", "pair");
      Panel.open(
          page,
          section + "-curve-panel-" + i,
          latency.title(),
          known.isPresent()
              ? "By percentile, logarithmic both ways; dashed: the calm period."
              : "By percentile, logarithmic both ways.",
          trust);
      Panel.plot(
          page, section, i, "curve", latency.title() + " by percentile", curveWords(latency));
      page.closeLine();
      Panel.open(page, section + "-heat-panel-" + i, latency.title() + " over time", "", trust);
      Panel.plot(
          page, section, i, "heat clocked", latency.title() + " over time", heatWords(latency));
      page.closeLine();
      page.closeLine();
      write(data, latency, known);
    }
    data.json().writeEndArray();
  }

  private static String curveWords(Latency latency) {
    return Figures.text((double) latency.histogram().getTotalCount(), Unit.COUNT)
        + " "
        + counted(latency)
        + " · p50 "
        + Figures.text(latency.seconds(50), Unit.SECONDS)
        + ", p99 "
        + Figures.text(latency.seconds(99), Unit.SECONDS)
        + ", highest "
        + Figures.text(latency.histogram().getMaxValue() * 1e-9, Unit.SECONDS);
  }

  /** What has a latency; only a VM's own are no requests. */
  private static String counted(Latency latency) {
    return switch (latency.metric()) {
      case "vm.wake_to_run" -> "wakes";
      case "vm.boot_time", "vm.memory_wait_time" -> "starts";
      default -> "requests";
    };
  }

  private static String heatWords(Latency latency) {
    if (latency.limitSeconds().isEmpty()) {
      return "Darker: more " + counted(latency) + " (log scale)";
    }
    Histogram histogram = latency.histogram();
    long limit = Math.round(latency.limitSeconds().getAsDouble() * 1e9);
    double above = 1 - histogram.getPercentileAtOrBelowValue(limit) / 100;
    return "Darker: more "
        + counted(latency)
        + " (log scale) · "
        + Figures.percent(Math.max(0, above))
        + " lie above the dashed objective";
  }

  private static void write(Island data, Latency latency, Optional<Period> calm) {
    data.json().writeStartObject();
    data.json().writeStringProperty("title", latency.title());
    if (latency.limitSeconds().isPresent()) {
      data.numberProperty("limit", latency.limitSeconds().getAsDouble());
      data.numberProperty("limitPercentile", latency.limitPercentile().orElse(Double.NaN));
    }
    data.json().writeArrayPropertyStart("curve");
    for (double percentile : PERCENTILES) {
      // Beyond the last nine that the count supports, the curve would only repeat the highest
      // value.
      if (percentile < 90 || (100 - percentile) / 100 * latency.histogram().getTotalCount() >= 1) {
        data.json().writeStartArray();
        data.json().writeRawValue(SeriesCode.shortNumber(percentile, 6));
        data.number(latency.seconds(percentile));
        data.json().writeEndArray();
      }
    }
    data.json().writeEndArray();
    if (calm.isPresent()) {
      data.json().writeArrayPropertyStart("calm");
      for (double percentile : PERCENTILES) {
        data.number(latency.heat().percentileWithin(calm.get(), percentile));
      }
      data.json().writeEndArray();
      data.json().writeArrayPropertyStart("percentiles");
      for (double percentile : PERCENTILES) {
        data.json().writeRawValue(SeriesCode.shortNumber(percentile, 6));
      }
      data.json().writeEndArray();
    }
    heat(data, latency.heat());
    data.json().writeEndObject();
  }

  private static void heat(Island data, LatencyHeat heat) {
    int first = Integer.MAX_VALUE;
    int last = -1;
    int rows = LatencyHeat.BUCKETS / BUCKETS_PER_ROW;
    long[][] counts = new long[heat.columns()][rows + 1];
    for (int column = 0; column < heat.columns(); column++) {
      for (int bucket = 0; bucket <= LatencyHeat.BUCKETS; bucket++) {
        int count = heat.count(column, bucket);
        if (count > 0) {
          int row = bucket / BUCKETS_PER_ROW;
          counts[column][row] += count;
          first = Math.min(first, row);
          last = Math.max(last, row);
        }
      }
    }
    data.json().writeName("w").writeRawValue(SeriesCode.shortNumber(heat.columnNanos() * 1e-9, 12));
    data.json().writeNumberProperty("above", last == rows ? 1 : 0);
    data.json().writeArrayPropertyStart("rows");
    for (int row = first; row <= Math.min(last, rows - 1) + 1; row++) {
      data.number(LatencyHeat.lowestNanos(row * BUCKETS_PER_ROW) * 1e-9);
    }
    data.json().writeEndArray();
    data.json().writeArrayPropertyStart("counts");
    for (long[] column : counts) {
      StringBuilder text = new StringBuilder();
      for (int row = first; row <= last; row++) {
        text.append(row == first ? "" : ",")
            .append(column[row] == 0 ? "" : Long.toString(column[row], 36));
      }
      data.json().writeString(text.toString());
    }
    data.json().writeEndArray();
  }
}
