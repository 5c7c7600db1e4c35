// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.util.List;
import org.poolsim.pool.spec.ObjectiveSpec;
import org.poolsim.pool.spec.PoolSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.scenarios.language.Scenario;
import org.poolsim.scenarios.yaml.Defaulted;

/** A scenario without mistakes: what a run is made of, and what it was made from. Immutable. */
public final class LoadedScenario {
  private final Scenario scenario;
  private final RunSpec run;
  private final List<Defaulted> defaults;

  LoadedScenario(Scenario scenario, RunSpec run, List<Defaulted> defaults) {
    this.scenario = scenario;
    this.run = run;
    this.defaults = defaults;
  }

  /** Returns the name, fit for a file. */
  public String name() {
    return scenario.name();
  }

  /** Returns the question that the scenario answers; empty if it does not say. */
  public String about() {
    return scenario.about() == null ? "" : scenario.about();
  }

  /** Returns the seed. */
  public long seed() {
    return run.seed();
  }

  /** Returns the simulated time, in nanoseconds. */
  public long durationNanos() {
    return run.durationNanos();
  }

  /** Returns what a run is made of. */
  public RunSpec runSpec() {
    return run;
  }

  /** Returns the pool. */
  public PoolSpec poolSpec() {
    return run.pool();
  }

  /** Returns what is expected to hold. */
  public List<ObjectiveSpec> objectives() {
    return run.objectives();
  }

  /** Returns the scenario with every default filled in. */
  public Scenario scenario() {
    return scenario;
  }

  /** Returns what raises alarms: hosts, VMs, SRs, one entry for each object that has any. */
  public List<PerfmonSetting> perfmon() {
    return PerfmonAssembly.settings(scenario);
  }

  /** Returns the settings that were left to their defaults, in the order of the scenario. */
  public List<Defaulted> defaults() {
    return defaults;
  }

  /** Returns the scenario as YAML with every default written out and templates applied. */
  public String effective() {
    return ScenarioWriter.effective(scenario);
  }
}
