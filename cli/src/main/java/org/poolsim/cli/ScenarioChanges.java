// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.poolsim.cli.run.ScenarioFacts;
import org.poolsim.reports.alerts.Perfmon;
import org.poolsim.reports.result.RunFacts;
import org.poolsim.scenarios.LoadedScenario;
import org.poolsim.scenarios.ScenarioException;
import org.poolsim.scenarios.Scenarios;
import org.poolsim.scenarios.Setting;
import org.poolsim.scenarios.yaml.Mistake;
import picocli.CommandLine.Option;

/** What the command line changes in a scenario. */
final class ScenarioChanges {
  /** A key with a value of its own, in block or flow style. */
  private static final Pattern VALUE = Pattern.compile("[a-z_0-9]+: [^{\\[\\s]");

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Replace a value of the scenario, for example vms.web.vcpus=4.",
        "A list entry goes by its name, its number from 0, or * for all."
      })
  private List<String> settings = new ArrayList<>();

  @Option(names = "--seed", paramLabel = "N", description = "Another seed.")
  private Long seed;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "Another duration, for example 10min.")
  private String duration;

  /** Returns whether nothing is changed. */
  boolean isEmpty() {
    return overrides().isEmpty();
  }

  /**
   * Loads a scenario.
   *
   * @throws WrongInputException with everything that is wrong
   */
  LoadedScenario load(Path file) {
    if (!Files.isRegularFile(file)) {
      String found = Files.exists(file) ? "not a file" : "no such file";
      throw new WrongInputException(
          (file.toString().isEmpty() ? "''" : file)
              + ": "
              + found
              + ": expected a scenario in YAML");
    }
    try {
      return Scenarios.load(file, overrides(), Perfmon::mistakes);
    } catch (ScenarioException wrong) {
      throw new WrongInputException(wrong.mistakes().stream().map(Mistake::toString).toList());
    }
  }

  private List<Setting> overrides() {
    List<Setting> overrides = new ArrayList<>();
    for (String setting : settings) {
      try {
        overrides.add(Setting.parse(setting));
      } catch (IllegalArgumentException malformed) {
        throw new WrongInputException("--set: " + malformed.getMessage());
      }
    }
    if (seed != null) {
      overrides.add(new Setting("seed", Long.toString(seed)));
    }
    if (duration != null) {
      overrides.add(new Setting("duration", duration));
    }
    return overrides;
  }

  /** Returns what the report says of the scenario itself. */
  ScenarioFacts facts(Path file, LoadedScenario scenario) {
    List<RunFacts.Setting> defaulted =
        scenario.defaults().stream()
            .map(
                each ->
                    new RunFacts.Setting(
                        each.path(), each.value().isEmpty() ? each.rule() : each.value()))
            .toList();
    String effective = scenario.effective();
    int written = (int) VALUE.matcher(effective).results().count();
    return new ScenarioFacts(
        scenario.name(),
        scenario.about(),
        file.getFileName().toString(),
        effective,
        Math.max(written, defaulted.size()),
        defaulted,
        overrides().stream().map(each -> each.path() + "=" + each.value()).toList());
  }
}
