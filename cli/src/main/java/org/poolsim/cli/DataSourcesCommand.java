// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.poolsim.cli.run.SmallPool;
import org.poolsim.reports.datasources.KnownDataSource;
import org.poolsim.reports.datasources.KnownDataSources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code poolsim datasources}: what real hosts publish, and which of it has a model. */
@Command(
    name = "datasources",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the data sources known of real hosts, VMs and SRs and whether a model feeds them.",
      "A small pool is assembled and asked; in names, <...> stands for a number, a device or a uuid."
    })
final class DataSourcesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--missing", description = "Only those that no model feeds.")
  private boolean missing;

  @Override
  public Integer call() {
    KnownDataSources.Comparison comparison = KnownDataSources.compare(SmallPool.sources());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("OF", "NAME", "UNITS", "TYPE", "DEFAULT", "PLUGIN", "MODEL"));
    int fed = 0;
    for (KnownDataSources.Line line : comparison.lines()) {
      fed += line.isFed() ? 1 : 0;
      if (!missing || !line.isFed()) {
        rows.add(row(line));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    print(rows, out);
    out.println();
    out.println(
        fed + " of " + comparison.lines().size() + " known data sources and families have a model");
    if (!comparison.unknown().isEmpty()) {
      out.println("not known of real hosts: " + String.join(", ", comparison.unknown()));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static List<String> row(KnownDataSources.Line line) {
    KnownDataSource source = line.source();
    String model = line.isFed() ? "yes" : "none";
    return List.of(
        source.kind().name().toLowerCase(Locale.ROOT),
        source.name(),
        source.units(),
        source.type().name(),
        source.enabled() ? "on" : "off",
        source.plugin(),
        line.differences().isEmpty()
            ? model
            : model + ", but " + String.join("; ", line.differences()));
  }

  private static void print(List<List<String>> rows, PrintWriter out) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
