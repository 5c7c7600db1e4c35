// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.cpu;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.poolsim.benchmarks.cpu.SchedulerBenchmark.Workload;

/**
 * The cost of a context switch against that of the real C code, which was measured on another
 * machine: both are held against the same yardstick, HOLD on {@code PriorityQueue} with 1,000
 * pending. A machine shared with others is not equally fast for long, so the yardstick is taken
 * anew, in a process of its own, between every two of the benchmarks: {@code java -cp
 * benchmarks.jar org.poolsim.benchmarks.cpu.SchedulerTargets [ROUNDS]}, two minutes a round. Prints
 * a table in Markdown.
 */
public final class SchedulerTargets {
  /** The yardstick on the machine of the C code, in nanoseconds: 180 to 200. */
  private static final double YARDSTICK_THERE = 190;

  private static final int ITERATIONS = 3;
  private static final int DEFAULT_ROUNDS = 3;

  private SchedulerTargets() {}

  /** What the C code needs for a switch, in nanoseconds, and the part of it that is aimed at. */
  private record Target(Workload workload, String scheduler, double there, double part) {}

  private static final List<Target> TARGETS =
      List.of(
          new Target(Workload.OVERCOMMIT_P8_X4, "credit2", 246, 0.6),
          new Target(Workload.OVERCOMMIT_P8_X4, "credit-xenserver", 735, 0.9),
          new Target(Workload.IO_PERIODIC_P8_H16, "credit2", 403, 0.6),
          new Target(Workload.IO_PERIODIC_P8_H16, "credit-xenserver", 410, 0.6),
          new Target(Workload.INTERACTIVE_P8_H8_I64, "credit2", 564, 0.6),
          new Target(Workload.INTERACTIVE_P8_H8_I64, "credit-xenserver", 566, 0.6),
          new Target(Workload.BURSTS_P4_N16, "credit2", 407, 0.6),
          new Target(Workload.BURSTS_P4_N16, "credit-xenserver", 298, 0.6),
          new Target(Workload.BLOCKED_P8_200, "credit2", 837, 0.6),
          new Target(Workload.BLOCKED_P8_200, "credit-xenserver", 685, 0.6));

  /**
   * Measures and prints.
   *
   * @param args number of rounds, 3 by default
   */
  public static void main(String[] args) throws RunnerException {
    if (args.length > 1 || (args.length == 1 && !args[0].matches("[1-9][0-9]{0,2}"))) {
      System.err.println(
          "SchedulerTargets: "
              + String.join(" ", args)
              + ": expected a number of rounds, 1 to 999");
      System.exit(2);
    }
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_ROUNDS;
    double[][] nanos = new double[TARGETS.size()][rounds];
    double[][] ratios = new double[TARGETS.size()][rounds];
    List<Double> yardsticks = new ArrayList<>();
    yardsticks.add(yardstick());
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < TARGETS.size(); i += 2) {
        nanos[i][round] = switchNanos(TARGETS.get(i));
        nanos[i + 1][round] = switchNanos(TARGETS.get(i + 1));
        double before = yardsticks.get(yardsticks.size() - 1);
        double after = yardstick();
        yardsticks.add(after);
        double speed = YARDSTICK_THERE / ((before + after) / 2);
        for (int k = i; k < i + 2; k++) {
          ratios[k][round] = nanos[k][round] * speed / TARGETS.get(k).there();
        }
      }
    }
    print(System.out, nanos, ratios, yardsticks);
  }

  private static void print(
      PrintStream out, double[][] nanos, double[][] ratios, List<Double> yardsticks) {
    out.printf(
        "Yardstick: %.1f to %.1f ns, here; %.0f there.%n%n",
        yardsticks.stream().min(Double::compare).orElseThrow(),
        yardsticks.stream().max(Double::compare).orElseThrow(),
        YARDSTICK_THERE);
    out.println(
        "| workload | scheduler | ns | C code, ns | ratio | adjusted | rounds | target | |");
    out.println("|---|---|---:|---:|---:|---:|---|---:|---|");
    for (int i = 0; i < nanos.length; i++) {
      Target target = TARGETS.get(i);
      double[] sorted = ratios[i].clone();
      Arrays.sort(sorted);
      double adjusted = median(sorted);
      double here = median(nanos[i]);
      out.printf(
          "| %s | %s | %.0f | %.0f | %.2f | %.3f | %.3f to %.3f | %.1f | %s |%n",
          target.workload(),
          target.scheduler(),
          here,
          target.there(),
          here / target.there(),
          adjusted,
          sorted[0],
          sorted[sorted.length - 1],
          target.part(),
          adjusted <= target.part() ? "met" : "**missed**");
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Returns the nanoseconds for an event of the yardstick. */
  private static double yardstick() throws RunnerException {
    return run(new OptionsBuilder()
            .include("HoldBenchmark.priorityQueue")
            .param("pending", "1000")
            .param("increments", "exponential"))
        .getPrimaryResult()
        .getScore();
  }

  private static double switchNanos(Target target) throws RunnerException {
    RunResult result =
        run(
            new OptionsBuilder()
                .include("SchedulerBenchmark.second")
                .param("workload", target.workload().name())
                .param("scheduler", target.scheduler()));
    return result.getSecondaryResults().get("cpuNanos").getScore()
        / result.getSecondaryResults().get("switches").getScore();
  }

  private static RunResult run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(
            options
                .forks(1)
                .warmupIterations(ITERATIONS)
                .measurementIterations(ITERATIONS)
                .verbosity(VerboseMode.SILENT)
                .build())
        .runSingle();
  }
}
