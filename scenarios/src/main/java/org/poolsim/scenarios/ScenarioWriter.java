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
}
