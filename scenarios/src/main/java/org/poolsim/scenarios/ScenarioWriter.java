// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import org.poolsim.scenarios.language.Scenario;
import org.poolsim.scenarios.yaml.RecordWriter;
import org.poolsim.scenarios.yaml.RecordWriter.Extent;

/** Writes scenarios as YAML that {@link Scenarios} reads as equal ones. */
public final class ScenarioWriter {
  private ScenarioWriter() {}

  /** Returns a scenario with every value that it holds, defaults too. */
  public static String effective(Scenario scenario) {
    return RecordWriter.write(scenario, Extent.EVERYTHING);
  }

  /** Returns a scenario for people: what is as it would be anyway is left out. */
  public static String tidy(Scenario scenario) {
    return RecordWriter.write(scenario, Extent.WITHOUT_DEFAULTS);
  }
}
