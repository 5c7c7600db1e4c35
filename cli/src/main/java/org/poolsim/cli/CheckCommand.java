// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.poolsim.reports.summary.Figures;
import org.poolsim.scenarios.LoadedScenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code poolsim check S.yaml}: everything that is wrong with a scenario, at once. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Says everything that is wrong with a scenario, with line and column.")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ScenarioInput input;

  @Option(names = "--effective", description = "Print the scenario with every default written out.")
  private boolean effective;

  @Override
  public Integer call() {
    LoadedScenario scenario = input.load();
    PrintWriter out = spec.commandLine().getOut();
    if (effective) {
      out.print(scenario.effective());
    } else {
      out.println(
          input.file()
              + ": "
              + scenario.name()
              + ", "
              + Figures.plural(scenario.poolSpec().hosts().size(), "host")
              + ", "
              + Figures.plural(scenario.poolSpec().vms().size(), "VM")
              + ", "
              + Figures.durationNanos(scenario.durationNanos())
              + ": nothing is wrong");
    }
    out.flush();
    return ExitCode.DONE;
  }
}
