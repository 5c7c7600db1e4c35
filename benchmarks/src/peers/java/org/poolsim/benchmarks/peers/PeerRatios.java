// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.peers;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link PeersBenchmark} and prints how many times as long as poolsim each simulator takes.
 * Takes the options of JMH, for example {@code -p pending=100000 -wi 2 -i 3 hold}.
 */
public final class PeerRatios {
  private PeerRatios() {}

  /** Runs and prints. */
  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    CommandLineOptions given = new CommandLineOptions(args);
    OptionsBuilder options = new OptionsBuilder();
    options.parent(given);
    if (given.getIncludes().isEmpty()) {
      options.include(PeersBenchmark.class.getName());
    }
    print(new Runner((Options) options).run(), System.out);
  }

  private static void print(Collection<RunResult> results, PrintStream out) {
    Map<String, Map<String, Double>> rows = new TreeMap<>();
    for (RunResult result : results) {
      BenchmarkParams params = result.getParams();
      String name = params.getBenchmark().replaceFirst(".*\\.", "");
      String pending = params.getParam("pending");
      String row = pending == null ? name : name + " " + pending;
      rows.computeIfAbsent(row, key -> new TreeMap<>())
          .put(params.getParam("simulator"), result.getPrimaryResult().getStatistics().getPercentile(50));
    }
    rows.forEach(
        (row, times) -> {
          Double own = times.get(SimulatorKind.POOLSIM.name());
          times.forEach(
              (simulator, nanos) ->
                  out.printf(
                      Locale.ROOT,
                      "%-16s %-14s %10.0f ns%s%n",
                      row,
                      simulator,
                      nanos,
                      own == null ? "" : String.format(Locale.ROOT, " %7.1fx", nanos / own)));
        });
  }
}
