// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.poolsim.reports.alerts.Perfmon;
import org.poolsim.scenarios.imports.ImportException;
import org.poolsim.scenarios.imports.ImportedPool;
import org.poolsim.scenarios.imports.PoolSummary;
import org.poolsim.scenarios.imports.RrdBackup;
import org.poolsim.scenarios.imports.RrdHistory;
import org.poolsim.scenarios.imports.TraceImport;
import org.poolsim.scenarios.imports.XapiDatabase;
import org.poolsim.scenarios.imports.XapiPool;
import org.poolsim.scenarios.trace.Format;
import org.poolsim.scenarios.yaml.Mistake;
import org.poolsim.scenarios.yaml.Mistakes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code poolsim import ...}: a real pool, or recorded demand, into a scenario. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Turns a real pool's database or recorded demand into a scenario.",
    synopsisSubcommandLabel = "WHAT",
    commandListHeading = "%nWhat:%n",
    subcommands = {ImportCommand.XapiDb.class, ImportCommand.Trace.class, ImportCommand.Rrd.class})
final class ImportCommand {

  /** {@code poolsim import xapi-db state.db -o pool.yaml}. */
  @Command(
      name = "xapi-db",
      mixinStandardHelpOptions = true,
      description = {
        "Reads the XML database of a pool (state.db, or xe pool-dump-database; gzip too).",
        "What the database does not hold gets a stated default, listed at the end."
      })
  static final class XapiDb implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DATABASE", description = "The database file.")
    private Path database;

    @Option(
        names = "--summary",
        description =
            "Print counts and sums as JSON instead, to hold against the pool's own tools.")
    private boolean summary;

    @Mixin private ImportOutput output;

    @Override
    public Integer call() throws IOException {
      present(database, "the database of a pool");
      PrintWriter out = spec.commandLine().getOut();
      XapiDatabase read = read(database);
      if (summary) {
        out.println(
            new JsonMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(PoolSummary.of(read)));
        out.flush();
        return ExitCode.DONE;
      }
      Path fileName = database.getFileName();
      String source = fileName == null ? "a database" : fileName.toString();
      ImportedPool pool;
      try {
        pool =
            XapiPool.convert(read, source.replaceFirst("\\.(xml|db|gz)$", ""), Perfmon::mistakes);
      } catch (ImportException wrong) {
        throw new WrongInputException(wrong.getMessage());
      }
      output.write(pool.yaml(source), out);
      PrintWriter err = spec.commandLine().getErr();
      list(
          err,
          "Assumed, because the database does not say; fill in what you know:",
          pool.assumed());
      list(err, "Left out:", pool.leftOut());
      if (output.file() != null) {
        err.println("Wrote " + output.file() + ". Next: poolsim check " + output.file());
      }
      err.flush();
      return ExitCode.DONE;
    }

    private static XapiDatabase read(Path file) throws IOException {
      try {
        return XapiDatabase.read(file);
      } catch (ImportException wrong) {
        throw new WrongInputException(wrong.getMessage());
      }
    }
  }

  /** {@code poolsim import trace vm.csv -o scenario.yaml}. */
  @Command(
      name = "trace",
      mixinStandardHelpOptions = true,
      description = {
        "Reads recorded demand and writes a scenario with a VM for each column, on one host.",
        "What the columns hold is printed, in their own units, to hold against the source."
      })
  static final class Trace implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "TRACE", description = "The trace file.")
    private Path trace;

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "auto",
        description = "bitbrains (GWA-T-12), planetlab (one number a line), csv, or auto.")
    private Format format;

    @Mixin private ImportOutput output;

    @Override
    public Integer call() throws IOException {
      present(trace, "a trace");
      Path folder = Path.of("").toAbsolutePath();
      if (output.file() != null && output.file().toAbsolutePath().getParent() != null) {
        folder = output.file().toAbsolutePath().getParent();
      }
      String reference =
          folder.normalize().relativize(trace.toAbsolutePath().normalize()).toString();
      Path fileName = trace.getFileName();
      String name = fileName == null ? trace.toString() : fileName.toString();
      Mistakes mistakes = new Mistakes();
      TraceImport.Result result =
          TraceImport.read(trace, name, reference.replace('\\', '/'), format, mistakes);
      if (result == null || !mistakes.isEmpty()) {
        throw new WrongInputException(mistakes.list().stream().map(Mistake::toString).toList());
      }
      output.write(result.scenario().yaml(name), spec.commandLine().getOut());
      PrintWriter err = spec.commandLine().getErr();
      for (TraceImport.Facts facts : result.facts()) {
        err.printf(
            Locale.ROOT,
            "%s: %d samples, mean %.3f, max %.2f, step %.0f s, %d holes%n",
            facts.column().isEmpty() ? name : facts.column(),
            facts.samples(),
            facts.mean(),
            facts.max(),
            facts.stepSeconds(),
            facts.holes());
      }
      list(err, "Assumed:", result.scenario().assumed());
      err.flush();
      return ExitCode.DONE;
    }
  }

  /** {@code poolsim import rrd UUID.gz -o demand.csv}. */
  @Command(
      name = "rrd",
      mixinStandardHelpOptions = true,
      description = {
        "Reads the history in an RRD backup of a real host or VM (XML, gzip too) into a CSV trace.",
        "Use it as workload: {trace: FILE, column: cpu_usage, full: 1}."
      })
  static final class Rrd implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "BACKUP", description = "The RRD dump.")
    private Path backup;

    @Option(
        names = "--ds",
        paramLabel = "NAME",
        description = "A data source, repeatable; otherwise CPU usage as a fraction.")
    private List<String> sources = List.of();

    @Mixin private ImportOutput output;

    @Override
    public Integer call() throws IOException {
      present(backup, "an RRD backup");
      RrdHistory history;
      try {
        history = RrdHistory.of(backup.toString(), RrdBackup.read(backup), sources);
      } catch (ImportException wrong) {
        throw new WrongInputException(wrong.getMessage());
      }
      output.write(history.csv(), spec.commandLine().getOut());
      PrintWriter err = spec.commandLine().getErr();
      for (int i = 0; i < history.names().size(); i++) {
        err.printf(
            Locale.ROOT,
            "%s: %d rows, mean %.6g, max %.6g, %d holes%n",
            history.names().get(i),
            history.times().length,
            history.mean(i),
            history.max(i),
            history.holes(i));
      }
      err.flush();
      return ExitCode.DONE;
    }
  }

  private static void present(Path file, String expected) {
    if (!Files.exists(file)) {
      throw new WrongInputException(file + ": no such file: expected " + expected);
    }
    if (Files.isDirectory(file)) {
      throw new WrongInputException(file + ": not a file: expected " + expected);
    }
  }

  private static void list(PrintWriter err, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      err.println(title);
      lines.forEach(line -> err.println("  " + line));
    }
  }
}
