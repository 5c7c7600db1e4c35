// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.poolsim.scenarios.imports.ImportException;
import org.poolsim.scenarios.imports.PoolSummary;
import org.poolsim.scenarios.imports.XapiDatabase;
import picocli.CommandLine.Command;
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
      }
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
}
