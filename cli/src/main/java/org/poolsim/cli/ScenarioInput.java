// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.nio.file.Path;
import org.poolsim.cli.run.ScenarioFacts;
import org.poolsim.scenarios.LoadedScenario;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The scenario of a verb and what the command line changes in it. */
final class ScenarioInput {
  @Parameters(paramLabel = "SCENARIO", description = "The scenario file.")
  private Path file;

  @Mixin private ScenarioChanges changes;

  /** Returns the scenario file. */
  Path file() {
    return file;
  }

  /**
   * Loads the scenario.
   *
   * @throws WrongInputException with everything that is wrong
   */
  LoadedScenario load() {
    return changes.load(file);
  }

  /** Returns what the report says of the scenario itself. */
  ScenarioFacts facts(LoadedScenario scenario) {
    return changes.facts(file, scenario);
  }
}
