// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.engine;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints a table in Markdown of results that have the methods {@code poolsim} and {@code
 * priorityQueue}: {@code KernelTable RESULT.json...}.
 */
public final class KernelTable {
  private record Row(double time, double bytes) {}

  private KernelTable() {}

  /** Reads the files, prints to standard output. */
  public static void main(String[] args) throws IOException {
    Map<String, Map<String, Row>> rows = new LinkedHashMap<>();
    for (String file : args) {
      for (JsonNode result :
          JsonMapper.builder().build().readTree(Files.readString(Path.of(file)))) {
        String[] name = result.path("benchmark").asString("").split("\\.", -1);
        StringBuilder row = new StringBuilder(name[name.length - 2].replace("Benchmark", ""));
        for (String parameter : new String[] {"increments", "pending"}) {
          row.append(" | ").append(result.path("params").path(parameter).asString(""));
        }
        rows.computeIfAbsent(row.toString(), key -> new LinkedHashMap<>())
            .put(
                name[name.length - 1],
                new Row(
                    median(result.path("primaryMetric").path("rawData").path(0)),
                    result
                        .path("secondaryMetrics")
                        .path("gc.alloc.rate.norm")
                        .path("score")
                        .asDouble(Double.NaN)));
      }
    }
    print(rows, System.out);
  }

  private static void print(Map<String, Map<String, Row>> rows, PrintStream out) {
    out.println(
        "| benchmark | increments | pending | poolsim | PriorityQueue | ratio | bytes/operation |");
    out.println("|---|---|---|---|---|---|---|");
    rows.forEach(
        (name, row) -> {
          Row own = row.get("poolsim");
          Row plain = row.get("priorityQueue");
          if (own != null && plain != null) {
            out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.2f | %.2f |%n",
                name,
                own.time,
                plain.time,
                plain.time / own.time,
                own.bytes);
          }
        });
  }

  static double median(JsonNode samples) {
    double[] sorted = new double[samples.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = samples.get(i).doubleValue();
    }
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
