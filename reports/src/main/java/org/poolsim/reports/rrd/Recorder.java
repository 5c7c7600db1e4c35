// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSource;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Owner;

/**
 * Keeps one round-robin database per object of a run, as xcp-rrdd does for the objects of a host.
 *
 * <pre>{@code
 * Recorder recorder = new Recorder(simulator, RecorderOptions.defaults());
 * dataSources.subscribe(recorder);
 * simulator.runUntil(durationNanos);
 * recorder.finish();
 * for (ObjectRecord object : recorder.objects()) {
 *   ... RrdDump.xml(object) ...
 * }
 * }</pre>
 *
 * <p>A sample is due each 5 s of simulated time. A series opens at the first such instant at or
 * after its source is added; its first sample follows 5 s later, and, as on a real host, the first
 * difference of a counter is unknown. A gauge, and a counter between changes of its rate, cost
 * nothing until they change: what they missed is then consolidated at once, to the same cells.
 * Sources that are read by a function are read at each sample, by an event that is scheduled as
 * long as one of them is there.
 *
 * <p>Not thread safe; reading while the run goes on is for the thread that runs it, after {@link
 * #finish()} or {@link #catchUp()}.
 */
public final class Recorder implements DataSources.Subscriber {
  private final Simulator simulator;
  private final RecorderOptions options;
  private final Series.Layout withMinMax = new Series.Layout(ArchiveDefinition.WITH_MIN_MAX);
  private final Series.Layout averages = new Series.Layout(ArchiveDefinition.AVERAGES);
  private final CourseLog log;
  private final Map<Owner, ObjectRecord> objects = new LinkedHashMap<>();
  private final List<RecordedSeries> sampled = new ArrayList<>();
  private final Event sampling =
      new Event() {
        @Override
        protected void fire() {
          sample();
        }
      };

  /** Creates a recorder that nothing feeds yet. */
  public Recorder(Simulator simulator, RecorderOptions options) {
    this.simulator = simulator;
    this.options = options;
    log = new CourseLog(simulator);
  }

  /** Returns what is kept and how. */
  public RecorderOptions options() {
    return options;
  }

  @Override
  public void added(DataSource source) {
    if (!options.selection().test(source.description())) {
      return;
    }
    long now = simulator.nowNanos();
    long step = RecordedSeries.STEP_NANOS;
    long opens = (now + step - 1) / step * step;
    Owner owner = source.description().owner();
    boolean minMax = owner.kind() == Owner.Kind.HOST || options.minMaxForAll();
    ObjectRecord object = objects.get(owner);
    if (object == null) {
      object =
          new ObjectRecord(
              owner,
              minMax ? ArchiveDefinition.WITH_MIN_MAX : ArchiveDefinition.AVERAGES,
              options.epochSeconds() + opens / step * ArchiveDefinition.STEP_SECONDS);
      objects.put(owner, object);
    }
    RecordedSeries series = object.find(source.description().name());
    if (series == null) {
      series =
          new RecordedSeries(
              log,
              options,
              Series.create(
                  options.mode(),
                  SourceDefinition.of(source.description()),
                  minMax ? withMinMax : averages),
              source,
              opens);
      object.add(series);
    } else {
      log.takeUp();
      series.complete(now);
      series.resume(source, opens);
    }
    if (series.isSampled()) {
      sampled.add(series);
      if (!sampling.isPending()) {
        simulator.schedule(sampling, opens);
      }
    }
  }

  @Override
  public void removed(Owner owner, List<DataSource> sources) {
    ObjectRecord object = objects.get(owner);
    if (object != null) {
      log.takeUp();
      for (RecordedSeries series : object.series()) {
        series.complete(simulator.nowNanos());
        series.close();
      }
      sampled.removeIf(series -> !series.isOpen());
      if (sampled.isEmpty()) {
        simulator.cancel(sampling);
      }
    }
  }

  private void sample() {
    for (RecordedSeries series : sampled) {
      series.sample();
    }
    simulator.scheduleAfter(sampling, RecordedSeries.STEP_NANOS);
  }

  /** Takes every sample that is due up to now. */
  public void catchUp() {
    long now = simulator.nowNanos();
    log.takeUp();
    for (ObjectRecord object : objects.values()) {
      for (RecordedSeries series : object.series()) {
        series.complete(now);
      }
    }
  }

  /**
   * Takes every sample of one object that is due up to now; the others are left as they are.
   *
   * @return its database, or null for an object of which nothing is recorded
   */
  public ObjectRecord caughtUp(Owner owner) {
    ObjectRecord object = objects.get(owner);
    if (object != null) {
      long now = simulator.nowNanos();
      log.takeUp();
      for (RecordedSeries series : object.series()) {
        series.complete(now);
      }
    }
    return object;
  }

  /** Takes the last samples of a run and stops the sampling event. */
  public void finish() {
    catchUp();
    simulator.cancel(sampling);
  }

  /**
   * Returns all objects ever seen, hosts first, then VMs, then SRs, each in order of appearance.
   */
  public List<ObjectRecord> objects() {
    List<ObjectRecord> ordered = new ArrayList<>(objects.size());
    for (Owner.Kind kind : Owner.Kind.values()) {
      for (ObjectRecord object : objects.values()) {
        if (object.owner().kind() == kind) {
          ordered.add(object);
        }
      }
    }
    return ordered;
  }
}
