// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Owner;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.pool.CpuFactory;
import org.poolsim.pool.Pool;
import org.poolsim.pool.PoolEvent;
import org.poolsim.pool.PoolHost;
import org.poolsim.pool.PoolVm;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.reports.alerts.Alarm;
import org.poolsim.reports.html.ReportPage;
import org.poolsim.reports.rrd.Recorder;
import org.poolsim.reports.rrd.RecorderOptions;
import org.poolsim.reports.serve.Happening;
import org.poolsim.reports.serve.LiveRun;
import org.poolsim.scenarios.PerfmonSetting;

/**
 * A simulation that readers look at while it goes on, as fast as it can or in step with the clock
 * on the wall. What happens in it does not depend on who reads or on the speed: the wall clock only
 * says how far to go on.
 */
public final class RunningSimulation implements LiveRun {
  /** The greatest speed that is not "as fast as possible". */
  public static final double MOST_SPEED = 1e6;

  private static final long PAUSE_MILLIS = 20;

  private final RunSpec run;
  private final double speed;
  private final Pool pool;
  private final Recorder recorder;
  private final Map<Owner, PoolVm> vms = new HashMap<>();
  private final Map<Owner, PoolHost> dom0s = new HashMap<>();

  /** Fair, so that the simulation does not take it again before a reader that waits. */
  private final ReentrantLock still = new ReentrantLock(true);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final PoolAlarms alarms;
  private final PoolDescription description;
  private final ScenarioFacts scenario;
  private final String version;
  private final RunRecorder course;

  /** What has happened and has been told to readers, whose list only grows. */
  private final List<Happening> told = new ArrayList<>();

  private int toldEvents;
  private int toldAlarms;
  private boolean finished;
  private volatile String report;

  /**
   * Assembles the pool; nothing runs yet.
   *
   * @param watched what raises alarms
   * @param scenario what its report says of the scenario
   * @param version what its report says of the program
   * @param speed simulated seconds per second, above 0; infinite for as fast as possible
   */
  public RunningSimulation(
      RunSpec run,
      RecorderOptions options,
      List<PerfmonSetting> watched,
      ScenarioFacts scenario,
      String version,
      double speed) {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed is " + speed + ", expected above 0");
    }
    this.run = run;
    this.speed = speed;
    DataSources sources = new DataSources();
    this.scenario = scenario;
    this.version = version;
    course = new RunRecorder(run);
    pool = new Pool(run, 0, CpuFactory.AS_SPECIFIED, sources, course);
    recorder = new Recorder(pool.simulator(), options);
    sources.subscribe(recorder);
    alarms = new PoolAlarms(pool, recorder, watched, new RandomStreams(run.seed()));
    description = new PoolDescription(scenario.name(), options, run.durationNanos(), watched);
    for (PoolVm vm : pool.vms()) {
      vms.put(vm.owner(), vm);
    }
    for (PoolHost host : pool.hosts()) {
      dom0s.put(host.dom0Owner(), host);
    }
  }

  /** Runs to the end of the simulated time or until {@link #stop()}, in the calling thread. */
  public void advance() throws InterruptedException {
    long begin = System.nanoTime();
    Slice slice = new Slice();
    long done = 0;
    while (done < run.durationNanos() && stopped.getCount() > 0) {
      long due = due(System.nanoTime() - begin);
      if (due <= done) {
        stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        continue;
      }
      long until = slice.end(done, due);
      long before = System.nanoTime();
      still.lock();
      try {
        pool.simulator().runUntil(until);
        if (until == run.durationNanos()) {
          pool.finish();
          recorder.finish();
          course.finish(until);
          finished = true;
        }
      } finally {
        still.unlock();
      }
      done = until;
      slice.took(System.nanoTime() - before);
    }
    if (done == run.durationNanos()) {
      writeReport();
    }
  }

  /** Nothing moves any more: readers need not wait for it. */
  private void writeReport() {
    ResultBuilder result = new ResultBuilder(run, scenario, pool, course, alarms.alarms());
    report =
        new String(
            ReportPage.of(
                result.build(
                    List.of(pool.outcomes()),
                    pool.simulator().eventsFired(),
                    List.of(new AlarmCounts(alarms.alarms())),
                    "off",
                    version)),
            StandardCharsets.UTF_8);
  }

  @Override
  public String report() {
    return report;
  }

  /** The simulated instant that is due after some time on the wall. */
  private long due(long wallNanos) {
    double nanos = wallNanos * speed;
    return nanos < run.durationNanos() ? (long) nanos : run.durationNanos();
  }

  /** Makes {@link #advance()} return soon. May be called from any thread. */
  public void stop() {
    stopped.countDown();
  }

  /** Returns whether the end of the simulated time is reached. */
  public boolean isFinished() {
    still.lock();
    try {
      return finished;
    } finally {
      still.unlock();
    }
  }

  @Override
  public <T> T read(Function<View, T> reader) {
    still.lock();
    try {
      if (!finished) {
        recorder.catchUp();
      }
      Simulator simulator = pool.simulator();
      View view = View.of(recorder, simulator.nowNanos());
      List<ServedObject> objects = new ArrayList<>(view.objects().size());
      for (ServedObject object : view.objects()) {
        objects.add(placed(object));
      }
      tell();
      return reader.apply(
          new View(
              view.nowSeconds(),
              objects,
              description.of(pool),
              Collections.unmodifiableList(told),
              finished));
    } finally {
      still.unlock();
    }
  }

  /** Puts what is new behind what was told, by time. */
  private void tell() {
    List<PoolEvent> events = pool.events();
    List<Alarm> raised = alarms.alarms();
    while (toldEvents < events.size() || toldAlarms < raised.size()) {
      boolean alarm =
          toldEvents == events.size()
              || (toldAlarms < raised.size()
                  && raised.get(toldAlarms).atNanos() < events.get(toldEvents).atNanos());
      if (alarm) {
        told.add(AlarmWords.happening(raised.get(toldAlarms++)));
      } else {
        PoolEvent event = events.get(toldEvents++);
        told.add(
            new Happening(
                event.atNanos(),
                event.kind().name().toLowerCase(Locale.ROOT),
                event.entity(),
                event.text(),
                Optional.empty()));
      }
    }
  }

  private ServedObject placed(ServedObject object) {
    Owner owner = object.object().owner();
    PoolVm vm = vms.get(owner);
    PoolHost host = vm == null ? dom0s.get(owner) : vm.host();
    return host == null
        ? object
        : new ServedObject(object.object(), object.texts(), object.present(), host.owner().uuid());
  }
}
