// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.poolsim.cli.run.OutputDirectory;
import org.poolsim.cli.run.RunOutput;
import org.poolsim.cli.run.Runs;
import org.poolsim.cli.run.SeriesChoice;
import org.poolsim.reports.result.Objective;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.summary.TerminalSummary;
import org.poolsim.scenarios.LoadedScenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code poolsim run S.yaml}: one simulation, or several replications of it. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs a scenario and writes what came out: a summary, a report, time series.",
    footer = {"", "Exit code 1 when an objective of the scenario is missed."})
final class RunCommand implements Callable<Integer> {
  private static final int MOST_REPLICATIONS = 100_000;

  @Spec private CommandSpec spec;
  @Mixin private ScenarioInput input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Where the output goes; otherwise NAME-SEED in the present folder.")
  private Path output;

  @Option(
      names = "--replications",
      paramLabel = "N",
      description = "Runs with other random draws, on all cores; objectives get intervals.",
      defaultValue = "1")
  private int replications;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads for replications; the result is the same.")
  private Integer threads;

  @Option(
      names = "--audit",
      description = "Check after every event that CPU time and memory add up.")
  private boolean audit;

  @Option(names = "--csv", description = "Write series.csv beside series.parquet.")
  private boolean csv;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no summary; the exit code tells.")
  private boolean quiet;

  @Override
  public Integer call() throws Exception {
    if (replications < 1 || replications > MOST_REPLICATIONS) {
      throw new WrongInputException(
          "--replications " + replications + ": expected 1 to " + MOST_REPLICATIONS);
    }
    if (threads != null && threads < 1) {
      throw new WrongInputException("--threads " + threads + ": expected 1 or more");
    }
    LoadedScenario scenario = input.load();
    Path target = output != null ? output : Path.of(scenario.name() + "-" + scenario.seed());
    OutputDirectory directory = new OutputDirectory(target);
    long begin = System.nanoTime();
    try (Interruption interruption = new Interruption()) {
      Optional<RunOutput> finished;
      try (Progress progress =
          Progress.begin(scenario.name(), scenario.durationNanos(), replications, quiet)) {
        Runs runs =
            new Runs(
                scenario.runSpec(),
                input.facts(scenario),
                SeriesChoice.of(scenario),
                scenario.perfmon(),
                Poolsim.Version.number());
        finished =
            runs.run(
                replications,
                threads == null ? Runtime.getRuntime().availableProcessors() : threads,
                audit,
                progress::replication,
                interruption::reached,
                interruption::requested);
      }
      if (finished.isEmpty()) {
        return ExitCode.INTERNAL;
      }
      RunOutput run = finished.get();
      interruption.writing(directory);
      Path folder = directory.begin();
      run.write(folder);
      if (csv) {
        run.writeCsv(folder);
      }
      directory.publish();
      interruption.written(kept(run.result().identity().replications(), target));
      if (!quiet) {
        summarise(run.result(), target, (System.nanoTime() - begin) * 1e-9);
      }
      return exitCode(run.result());
    } catch (IOException failed) {
      directory.abandon();
      throw new IOException(target + ": cannot be written: " + Poolsim.describe(failed), failed);
    } catch (RuntimeException | Error failed) {
      directory.abandon();
      throw failed;
    }
  }

  private String kept(int finished, Path target) {
    return finished == replications
        ? "everything was finished; it is in " + target
        : finished + " of " + replications + " replications were finished; they are in " + target;
  }

  private void summarise(RunResult result, Path target, double seconds) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        TerminalSummary.of(
            result,
            seconds,
            target.resolve("report.html").toString(),
            replications == 1 ? again() + " --replications 10" : "",
            Terminal.style()));
    out.flush();
  }

  /** Returns the command as it was given, for a shell. */
  private String again() {
    StringBuilder command = new StringBuilder(System.getProperty("poolsim.command", "poolsim"));
    for (String word : spec.root().commandLine().getParseResult().originalArgs()) {
      boolean plain = word.matches("[A-Za-z0-9_./:=,@%+-]+");
      command.append(' ').append(plain ? word : "'" + word.replace("'", "'\\''") + "'");
    }
    return command.toString();
  }

  private static int exitCode(RunResult result) {
    boolean missed =
        result.objectives().stream()
            .anyMatch(objective -> objective.verdict() != Objective.Verdict.MET);
    return missed ? ExitCode.MISSED : ExitCode.DONE;
  }
}
