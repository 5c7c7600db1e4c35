// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Draws the time per event against the number pending, both axes logarithmic, from results of
 * {@link HoldBenchmark} and of the peers' benchmark: {@code HoldPlot RESULT.json... PLOT.svg}.
 */
public final class HoldPlot {
  private static final int LEFT = 70;
  private static final int RIGHT = 560;
  private static final int TOP = 30;
  private static final int BOTTOM = 350;
  private static final int LABEL_HEIGHT = 15;

  private HoldPlot() {}

  /** Reads all files but the last, writes the last. */
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      throw new IllegalArgumentException("expected: RESULT.json... PLOT.svg");
    }
    SortedMap<String, SortedMap<Integer, Double>> curves = new TreeMap<>();
    for (String file : Arrays.asList(args).subList(0, args.length - 1)) {
      for (JsonNode result :
          JsonMapper.builder().build().readTree(Files.readString(Path.of(file)))) {
        add(result, curves);
      }
    }
    Files.writeString(Path.of(args[args.length - 1]), svg(curves));
  }

  /** Adds a point: of the exponential pattern, or of a peer, whose simulator is a parameter. */
  private static void add(JsonNode result, SortedMap<String, SortedMap<Integer, Double>> curves) {
    JsonNode params = result.path("params");
    String name = params.path("simulator").asString("");
    if (params.path("increments").asString("").equalsIgnoreCase("exponential")) {
      String benchmark = result.path("benchmark").asString("");
      name = benchmark.substring(benchmark.lastIndexOf('.') + 1);
    } else if (name.isEmpty() || name.equals("POOLSIM")) {
      return;
    } else if (name.equals("CLOUDSIM_PLUS")) {
      name = "CloudSim Plus";
    }
    if (params.has("pending")) {
      curves
          .computeIfAbsent(name, key -> new TreeMap<>())
          .put(
              Integer.parseInt(params.path("pending").asString("")),
              KernelTable.median(result.path("primaryMetric").path("rawData").path(0)));
    }
  }

  private static String svg(SortedMap<String, SortedMap<Integer, Double>> curves) {
    StringBuilder svg = new StringBuilder(4096);
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 680 400\"")
        .append(" font-family=\"sans-serif\" font-size=\"13\">\n")
        .append(
            "<title>HOLD, exponential increments: ns per event against events pending</title>\n")
        .append("<rect width=\"680\" height=\"400\" fill=\"white\"/>\n");
    for (int exponent = 1; exponent <= 5; exponent++) {
      double y = y(Math.pow(10, exponent));
      line(svg, LEFT, y, RIGHT, y);
      text(
          svg,
          "end",
          LEFT - 8,
          y + 4,
          String.format(Locale.ROOT, "%.0f ns", Math.pow(10, exponent)));
    }
    for (int exponent = 3; exponent <= 7; exponent++) {
      double x = x(Math.pow(10, exponent));
      line(svg, x, TOP, x, BOTTOM);
      text(
          svg,
          "middle",
          x,
          BOTTOM + 20,
          String.format(Locale.ROOT, "%,.0f", Math.pow(10, exponent)));
    }
    text(svg, "middle", (LEFT + RIGHT) / 2.0, BOTTOM + 42, "events pending");
    String[] colours = {"#0b6e4f", "#b5442b", "#2b5cb5", "#8a5fbf", "#a0760b"};
    int next = 0;
    for (var curve : curves.entrySet()) {
      String colour = colours[next++ % colours.length];
      StringBuilder points = new StringBuilder();
      for (var point : curve.getValue().entrySet()) {
        points.append(
            String.format(Locale.ROOT, "%.1f,%.1f ", x(point.getKey()), y(point.getValue())));
      }
      svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"").append(colour);
      svg.append("\" points=\"").append(points.toString().strip()).append("\"/>\n");
    }
    labels(svg, curves);
    return svg.append("</svg>\n").toString();
  }

  /** Writes each curve's name behind its last point, and below the one above if they are close. */
  private static void labels(
      StringBuilder svg, SortedMap<String, SortedMap<Integer, Double>> curves) {
    List<Map.Entry<String, SortedMap<Integer, Double>>> slowestFirst =
        new ArrayList<>(curves.entrySet());
    slowestFirst.sort(
        Comparator.comparingDouble(curve -> -curve.getValue().get(curve.getValue().lastKey())));
    SortedMap<Integer, Double> lowest = new TreeMap<>();
    for (var curve : slowestFirst) {
      int pending = curve.getValue().lastKey();
      double y = y(curve.getValue().get(pending)) + 4;
      y = Math.max(y, lowest.getOrDefault(pending, 0.0) + LABEL_HEIGHT);
      lowest.put(pending, y);
      text(svg, "start", x(pending) + 6, y, curve.getKey());
    }
  }

  private static double x(double pending) {
    return LEFT + (Math.log10(pending) - 3) / 4 * (RIGHT - LEFT);
  }

  private static double y(double nanos) {
    return BOTTOM - (Math.log10(nanos) - 1) / 4 * (BOTTOM - TOP);
  }

  private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
            x1,
            y1,
            x2,
            y2));
  }

  private static void text(StringBuilder svg, String anchor, double x, double y, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
            anchor,
            x,
            y,
            text));
  }
}
