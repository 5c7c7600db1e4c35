// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.poolsim.pool.MetricDefinition;
import org.poolsim.pool.MetricSeries;
import org.poolsim.pool.MetricUnit;
import org.poolsim.pool.PoolEvent;
import org.poolsim.pool.PoolObserver;
import org.poolsim.pool.SaturatedResource;
import org.poolsim.pool.spec.ObjectiveSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.SaturationSpec;
import org.poolsim.reports.result.Columns;
import org.poolsim.reports.result.ColumnsRecorder;
import org.poolsim.reports.result.Course;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.LatencyRecorder;
import org.poolsim.reports.result.SaturationRecorder;
import org.poolsim.reports.result.SumsRecorder;
import org.poolsim.reports.result.Unit;
import org.poolsim.reports.summary.Figures;
import org.poolsim.storage.BlockRequest;
import org.poolsim.storage.IoDirection;
import org.poolsim.storage.IoStage;

/**
 * Keeps what the report shows of one replication: levels over time, latencies, saturation and
 * events.
 */
public final class RunRecorder implements PoolObserver {
  /** The step of the recorded series, as xcp-rrdd has it. */
  public static final long STEP_NANOS = 5_000_000_000L;

  private static final IoStage[] STAGES = IoStage.values();
  private static final int COLUMNS = 720;

  /** Fewer for VMs: there may be thousands of them. */
  private static final int VM_COLUMNS = 144;

  /** So many VMs' balloons are kept as finely as what belongs to the whole pool. */
  private static final int FINE_BALLOONS = 100;

  private final long durationNanos;
  private final long stepNanos;
  private final IdentityHashMap<MetricSeries, Levels> levels = new IdentityHashMap<>();
  private final Map<String, Levels> levelsByName = new HashMap<>();
  private final IdentityHashMap<MetricSeries, LatencyRecorder> latencies = new IdentityHashMap<>();
  private final Map<String, MetricSeries> latencyMetrics = new LinkedHashMap<>();
  private final Map<SaturatedResource, SaturationRecorder> saturation = new LinkedHashMap<>();
  private final Map<SaturatedResource, Map<String, Course>> lanes =
      new EnumMap<>(SaturatedResource.class);
  private final List<SaturationRecorder> latencySaturation = new ArrayList<>();
  private final Map<String, List<Watched>> watches = new HashMap<>();
  private final SumsRecorder readStages;
  private final Map<String, SumsRecorder> throughput = new TreeMap<>();
  private final Map<String, List<Beyond>> limits = new HashMap<>();
  private final IdentityHashMap<ObjectiveSpec, Beyond> beyond = new IdentityHashMap<>();
  private final Map<String, BalloonRecorder> balloons = new LinkedHashMap<>();
  private final List<PoolEvent> events = new ArrayList<>();

  /** Prepares for a run. */
  public RunRecorder(RunSpec run) {
    durationNanos = run.durationNanos();
    // A run shorter than some steps still deserves a picture of its course.
    stepNanos = Math.min(STEP_NANOS, Math.max(run.record().windowNanos(), 1));
    SaturationSpec thresholds = run.saturation();
    lane(SaturatedResource.GUEST_CPU, "guest CPU", thresholds.guestCpu(), thresholds);
    lane(SaturatedResource.DOM0_CPU, "dom0 CPU", thresholds.dom0Cpu(), thresholds);
    lane(SaturatedResource.MEMORY, "memory", thresholds.memory(), thresholds);
    if (!run.pool().arrays().isEmpty()) {
      lane(SaturatedResource.ARRAY, "array", thresholds.array(), thresholds);
      lane(SaturatedResource.ARRAY_QUEUE, "array queue", thresholds.queue(), thresholds);
    }
    if (run.pool().hosts().stream().anyMatch(host -> !host.pifs().isEmpty())) {
      lane(SaturatedResource.LINK, "network", thresholds.link(), thresholds);
    }
    readStages = new SumsRecorder(IoStage.count() + 1, durationNanos, stepNanos);
    for (ObjectiveSpec objective : run.objectives()) {
      Beyond watch = new Beyond(objective);
      beyond.put(objective, watch);
      if (isDuration(objective.metric())) {
        latencyLane(objective, run.record().windowNanos(), thresholds, watch);
      } else {
        limits.computeIfAbsent(objective.metric(), key -> new ArrayList<>()).add(watch);
      }
    }
  }

  private void lane(
      SaturatedResource watched, String resource, double threshold, SaturationSpec spec) {
    String words =
        Math.round(threshold * 100)
            + " % for at least "
            + Math.round(spec.leastNanos() * 1e-9)
            + " s";
    saturation.put(
        watched,
        new SaturationRecorder(resource, Unit.FRACTION, threshold, words, spec.leastNanos()));
    lanes.put(watched, new HashMap<>());
  }

  private static boolean isDuration(String metric) {
    return metric.startsWith("vbd.") || metric.startsWith("request.") || metric.endsWith("_time");
  }

  /** Watches a duration that has an objective; latencies of requests and disks get a lane too. */
  private void latencyLane(
      ObjectiveSpec objective, long windowNanos, SaturationSpec thresholds, Beyond watch) {
    Course course =
        (from, to, seconds) -> watch.add(from, to, seconds / toBase(MetricUnit.NANOSECONDS));
    boolean slow =
        objective.comparison() == ObjectiveSpec.Comparison.BELOW
            && !objective.metric().startsWith("vm.");
    if (slow) {
      double limit = objective.limit() * toBase(MetricUnit.NANOSECONDS);
      String statistic = ResultBuilder.statistic(objective);
      SaturationRecorder lane =
          new SaturationRecorder(
              MetricWords.lane(objective.metric()),
              Unit.SECONDS,
              limit,
              "its objective, "
                  + statistic
                  + " below "
                  + Figures.text(limit, Unit.SECONDS)
                  + ", for at least "
                  + Math.round(thresholds.leastNanos() * 1e-9)
                  + " s",
              thresholds.leastNanos());
      latencySaturation.add(lane);
      course =
          Course.both(course, lane.entity(objective.entity() == null ? "" : objective.entity()));
    }
    watches
        .computeIfAbsent(objective.metric(), key -> new ArrayList<>())
        .add(new Watched(watch, new LatencyLane(objective, windowNanos, course)));
  }

  private record Watched(Beyond filter, LatencyLane lane) {}

  /** Closes what the end of the run cuts off. */
  public void finish(long endNanos) {
    watches.values().forEach(all -> all.forEach(each -> each.lane.finish(endNanos)));
  }

  @Override
  public void happened(PoolEvent event) {
    events.add(event);
  }

  @Override
  public void held(MetricSeries metric, int entity, long fromNanos, long toNanos, double value) {
    Levels ofMetric = levels.get(metric);
    if (ofMetric == null) {
      ofMetric = new Levels(metric);
      levels.put(metric, ofMetric);
      levelsByName.put(metric.definition().name(), ofMetric);
    }
    ofMetric.held(entity, fromNanos, toNanos, value);
  }

  /** The courses of one metric's entities. */
  private final class Levels {
    private final MetricSeries metric;
    private final ColumnsRecorder[] courses;
    private final List<Beyond> watches;
    private final Map<String, Integer> places = new HashMap<>();

    Levels(MetricSeries metric) {
      this.metric = metric;
      courses = new ColumnsRecorder[metric.entities().size()];
      watches = limits.getOrDefault(metric.definition().name(), List.of());
    }

    ColumnsRecorder course(String entity) {
      if (places.isEmpty()) {
        for (int i = 0; i < courses.length; i++) {
          places.put(metric.entities().get(i), i);
        }
      }
      Integer place = places.get(entity);
      return place == null ? null : courses[place];
    }

    void held(int entity, long fromNanos, long toNanos, double value) {
      ColumnsRecorder course = courses[entity];
      if (course == null) {
        course = columns(metric.definition().entity());
        courses[entity] = course;
      }
      course.held(fromNanos, toNanos, value);
      for (int i = 0; i < watches.size(); i++) {
        watches.get(i).held(metric.entities().get(entity), fromNanos, toNanos, value);
      }
    }
  }

  @Override
  public void level(
      SaturatedResource resource, String entity, long fromNanos, long toNanos, double value) {
    SaturationRecorder recorder = saturation.get(resource);
    if (recorder != null) {
      lanes.get(resource).computeIfAbsent(entity, recorder::entity).held(fromNanos, toNanos, value);
    }
  }

  @Override
  public void ballooned(
      String vm, long fromNanos, long toNanos, long actualBytes, long targetBytes) {
    BalloonRecorder recorder = balloons.get(vm);
    if (recorder == null) {
      recorder =
          balloons.size() < FINE_BALLOONS
              ? new BalloonRecorder(poolColumns(), poolColumns())
              : new BalloonRecorder(
                  columns(MetricDefinition.Entity.VM), columns(MetricDefinition.Entity.VM));
      balloons.put(vm, recorder);
    }
    recorder.held(fromNanos, toNanos, actualBytes, targetBytes);
  }

  /** Returns what the VMs with room for a balloon had, by name in the order of their first move. */
  Map<String, BalloonRecorder> balloons() {
    return balloons;
  }

  @Override
  public void ioEnded(String vm, String sr, BlockRequest request, long nowNanos, long nanos) {
    boolean read = request.direction() == IoDirection.READ;
    if (read) {
      for (IoStage stage : STAGES) {
        readStages.add(nowNanos, stage.ordinal(), (double) request.stageNanos(stage));
      }
      readStages.add(nowNanos, STAGES.length, 1);
    }
    SumsRecorder moved = throughput.get(sr);
    if (moved == null) {
      moved = new SumsRecorder(2, durationNanos, stepNanos);
      throughput.put(sr, moved);
    }
    moved.add(nowNanos, read ? 0 : 1, (double) request.bytes());
  }

  /**
   * Returns where the time of reads went: nanoseconds by stage, and the number of reads as the last
   * kind.
   */
  public SumsRecorder readStages() {
    return readStages;
  }

  /** Returns the bytes read and written, as two kinds, of each SR that was used. */
  public Map<String, SumsRecorder> throughput() {
    return throughput;
  }

  private ColumnsRecorder columns(MetricDefinition.Entity entity) {
    int most = entity == MetricDefinition.Entity.VM ? VM_COLUMNS : COLUMNS;
    return new ColumnsRecorder(ColumnsRecorder.widthFor(durationNanos, stepNanos, most), most);
  }

  @Override
  public void took(MetricSeries metric, String entity, long nowNanos, long nanos) {
    LatencyRecorder recorder = latencies.get(metric);
    if (recorder == null) {
      recorder = new LatencyRecorder(durationNanos, stepNanos);
      latencies.put(metric, recorder);
      latencyMetrics.put(metric.definition().name(), metric);
    }
    recorder.record(nowNanos, nanos);
    List<Watched> all = watches.get(metric.definition().name());
    if (all != null) {
      for (Watched each : all) {
        if (each.filter.concerns(entity)) {
          each.lane.took(nowNanos, nanos);
        }
      }
    }
  }

  /** Returns what happened, in order. */
  public List<PoolEvent> events() {
    return events;
  }

  /** Returns the course of a level of an entity up to {@code endNanos}, if it was measured. */
  public Optional<Columns> level(String metric, String entity, long endNanos) {
    Levels ofMetric = levelsByName.get(metric);
    ColumnsRecorder recorder = ofMetric == null ? null : ofMetric.course(entity);
    return recorder == null ? Optional.empty() : Optional.of(recorder.columns(endNanos));
  }

  /** Returns the latencies of each metric that had any, by name in the order of first use. */
  public Map<String, LatencyRecorder> latencies() {
    Map<String, LatencyRecorder> result = new LinkedHashMap<>();
    latencyMetrics.keySet().stream()
        .sorted()
        .forEach(name -> result.put(name, latencies.get(latencyMetrics.get(name))));
    return result;
  }

  /** Returns what saturated, one lane a resource. */
  public List<Lane> lanes() {
    return Stream.concat(saturation.values().stream(), latencySaturation.stream())
        .map(SaturationRecorder::lane)
        .toList();
  }

  /**
   * Returns the simulated seconds for which an objective's level was beyond its limit on any
   * entity.
   */
  public Optional<Double> secondsBeyond(ObjectiveSpec objective) {
    Beyond watch = beyond.get(objective);
    return watch == null || !watch.seen ? Optional.empty() : Optional.of(watch.totalNanos * 1e-9);
  }

  /**
   * Returns an empty recorder of the run's columns, for a course that is put together afterwards.
   */
  public ColumnsRecorder poolColumns() {
    return new ColumnsRecorder(
        ColumnsRecorder.widthFor(durationNanos, stepNanos, COLUMNS), COLUMNS);
  }

  /**
   * The time that a level spent on the wrong side of an objective's limit, windows counted once.
   */
  private static final class Beyond {
    private final ObjectiveSpec objective;
    private final Pattern pattern;
    private boolean seen;
    private long countedToNanos;
    private long totalNanos;

    Beyond(ObjectiveSpec objective) {
      this.objective = objective;
      pattern =
          objective.entity() == null
              ? null
              : Pattern.compile(
                  Arrays.stream(objective.entity().split("\\*", -1))
                      .map(Pattern::quote)
                      .collect(Collectors.joining(".*")));
    }

    void held(String entity, long fromNanos, long toNanos, double value) {
      if (concerns(entity)) {
        add(fromNanos, toNanos, value);
      }
    }

    boolean concerns(String entity) {
      return pattern == null || pattern.matcher(entity).matches();
    }

    void add(long fromNanos, long toNanos, double value) {
      seen = true;
      boolean wrong =
          objective.comparison() == ObjectiveSpec.Comparison.BELOW
              ? value >= objective.limit()
              : value <= objective.limit();
      if (wrong && toNanos > countedToNanos) {
        totalNanos += toNanos - Math.max(fromNanos, countedToNanos);
        countedToNanos = toNanos;
      }
    }
  }

  /** Returns the factor from a metric's unit to the report's base unit. */
  static double toBase(MetricUnit unit) {
    return unit == MetricUnit.NANOSECONDS ? 1e-9 : 1;
  }

  /** Returns the report's unit of a metric. */
  static Unit unit(MetricUnit unit) {
    return switch (unit) {
      case NANOSECONDS -> Unit.SECONDS;
      case FRACTION -> Unit.FRACTION;
      case PER_SECOND -> Unit.PER_SECOND;
      case COUNT -> Unit.COUNT;
    };
  }
}
