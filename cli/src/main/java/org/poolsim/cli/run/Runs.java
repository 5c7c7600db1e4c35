// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.stat.ReplicationRunner;
import org.poolsim.pool.CpuFactory;
import org.poolsim.pool.ObjectiveOutcome;
import org.poolsim.pool.Pool;
import org.poolsim.pool.PoolObserver;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.reports.alerts.Alarm;
import org.poolsim.reports.rrd.Recorder;
import org.poolsim.reports.rrd.RecorderOptions;
import org.poolsim.scenarios.PerfmonSetting;

/**
 * The replications of a run. The first one is recorded in full, the others give their objectives
 * and the number of their alarms; the result does not depend on the number of threads.
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
   * @param watched what raises alarms
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
   * @return nothing if the first replication was stopped; otherwise what the finished ones gave,
   *     which are all those before the first that was stopped, so that none is there because it
   *     took less time
   */
  public Optional<RunOutput> run(
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
    PoolAlarms alarms =
        new PoolAlarms(first.pool(), series, watched, new RandomStreams(run.seed()));
    first.run(progress.get().andThen(reached), stop);
    if (first.wasInterrupted()) {
      return Optional.empty();
    }
    recorder.finish(first.pool().simulator().nowNanos());
    series.finish();
    List<List<ObjectiveOutcome>> outcomes = new ArrayList<>();
    outcomes.add(first.pool().outcomes());
    List<AlarmCounts> raised = new ArrayList<>();
    raised.add(new AlarmCounts(alarms.alarms()));
    long events = first.pool().simulator().eventsFired();
    if (replications > 1) {
      try (ReplicationRunner runner = new ReplicationRunner(threads)) {
        for (Outcome other :
            runner.run(1, replications, number -> other(number, audit, progress.get(), stop))) {
          if (other == null) {
            break;
          }
          outcomes.add(other.objectives);
          raised.add(other.alarms);
          events += other.events;
        }
      }
    }
    ResultBuilder result =
        new ResultBuilder(run, scenario, first.pool(), recorder, alarms.alarms());
    return Optional.of(
        new RunOutput(
            result.build(outcomes, events, raised, audit ? "passed" : "off", version),
            scenario,
            recorder,
            series,
            new PoolDescription(scenario.name(), recording, run.durationNanos(), watched)
                .of(first.pool()),
            alarms.alarms(),
            outcomes));
  }

  /** Returns what a replication gave, {@code null} if it was stopped. */
  private Outcome other(int number, boolean audit, LongConsumer progress, BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      return null;
    }
    DataSources sources = new DataSources();
    Replication replication =
        new Replication(run, number, CpuFactory.AS_SPECIFIED, sources, PoolObserver.NOBODY, audit);
    Pool pool = replication.pool();
    List<Alarm> alarms = List.of();
    if (!watched.isEmpty()) {
      Recorder series = new Recorder(pool.simulator(), PoolAlarms.watching(watched, recording));
      sources.subscribe(series);
      RandomStreams random = new RandomStreams(run.seed()).replication(number);
      alarms = new PoolAlarms(pool, series, watched, random).alarms();
    }
    replication.run(progress, stop);
    if (replication.wasInterrupted()) {
      return null;
    }
    return new Outcome(pool.outcomes(), pool.simulator().eventsFired(), new AlarmCounts(alarms));
  }

  private record Outcome(List<ObjectiveOutcome> objectives, long events, AlarmCounts alarms) {}
}
