// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.stat.ReplicationRunner;
import org.poolsim.pool.CpuFactory;
import org.poolsim.pool.ObjectiveOutcome;
import org.poolsim.pool.PoolObserver;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.reports.rrd.Recorder;
import org.poolsim.reports.rrd.RecorderOptions;
import org.poolsim.scenarios.PerfmonSetting;

/**
 * The replications of a run. The first one is recorded in full, the others give their objectives;
 * the result does not depend on the number of threads.
 */
public final class Runs {
  private final RunSpec run;
  private final ScenarioFacts scenario;
  private final RecorderOptions recording;
  private final List<PerfmonSetting> watched;
  private final String version;

  /**
   * Prepares the replications of a scenario.
   *
   * @param recording which series of the first one are kept, and how
   * @param watched what raises alarms in the first one
   */
  public Runs(
      RunSpec run,
      ScenarioFacts scenario,
      RecorderOptions recording,
      List<PerfmonSetting> watched,
      String version) {
    this.run = run;
    this.scenario = scenario;
    this.recording = recording;
    this.watched = watched;
    this.version = version;
  }

  /**
   * Runs them all.
   *
   * @param progress makes, for each replication, who is told how far it is
   * @param reached told how far the first replication is
   * @param stop asked now and then whether to stop early
   */
  public RunOutput run(
      int replications,
      int threads,
      boolean audit,
      Supplier<LongConsumer> progress,
      LongConsumer reached,
      BooleanSupplier stop) {
    RunRecorder recorder = new RunRecorder(run);
    DataSources sources = new DataSources();
    Replication first = new Replication(run, 0, CpuFactory.AS_SPECIFIED, sources, recorder, audit);
    Recorder series = new Recorder(first.pool().simulator(), recording);
    sources.subscribe(series);
    PoolAlarms alarms = new PoolAlarms(first.pool(), series, watched, run.seed());
    first.run(progress.get().andThen(reached), stop);
    recorder.finish(first.pool().simulator().nowNanos());
    series.finish();
    List<List<ObjectiveOutcome>> outcomes = new ArrayList<>();
    outcomes.add(first.pool().outcomes());
    long events = first.pool().simulator().eventsFired();
    if (replications > 1 && !first.wasInterrupted()) {
      try (ReplicationRunner runner = new ReplicationRunner(threads)) {
        for (Outcome other :
            runner.run(1, replications, number -> other(number, audit, progress.get(), stop))) {
          outcomes.add(other.objectives);
          events += other.events;
        }
      }
    }
    ResultBuilder result =
        new ResultBuilder(run, scenario, first.pool(), recorder, alarms.alarms());
    return new RunOutput(
        result.build(outcomes, events, audit ? "passed" : "off", version),
        scenario,
        recorder,
        series,
        new PoolDescription(scenario.name(), recording, run.durationNanos(), watched)
            .of(first.pool()),
        alarms.alarms(),
        outcomes);
  }

  private Outcome other(int number, boolean audit, LongConsumer progress, BooleanSupplier stop) {
    Replication replication =
        new Replication(
            run, number, CpuFactory.AS_SPECIFIED, new DataSources(), PoolObserver.NOBODY, audit);
    replication.run(progress, stop);
    return new Outcome(replication.pool().outcomes(), replication.pool().simulator().eventsFired());
  }

  private record Outcome(List<ObjectiveOutcome> objectives, long events) {}
}
