// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.poolsim.scenarios.imports.ImportException;
import org.poolsim.scenarios.imports.ImportedPool;
import org.poolsim.scenarios.imports.PoolSummary;
import org.poolsim.scenarios.imports.XapiDatabase;
import org.poolsim.scenarios.imports.XapiPool;
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
    subcommands = {ImportCommand.XapiDb.class})
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
        pool = XapiPool.convert(read, source.replaceFirst("\\.(xml|db|gz)$", ""));
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

    private static void list(PrintWriter err, String title, List<String> lines) {
      if (!lines.isEmpty()) {
        err.println(title);
        lines.forEach(line -> err.println("  " + line));
      }
    }

    private static XapiDatabase read(Path file) throws IOException {
      try {
        return XapiDatabase.read(file);
      } catch (ImportException wrong) {
        throw new WrongInputException(wrong.getMessage());
      }
    }
  }
}
