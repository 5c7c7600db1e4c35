// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.poolsim.pool.MetricDefinition;
import org.poolsim.pool.MetricSeries;
import org.poolsim.pool.MetricUnit;
import org.poolsim.pool.PoolEvent;
import org.poolsim.pool.PoolObserver;
import org.poolsim.pool.spec.ObjectiveSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.SaturationSpec;
import org.poolsim.reports.result.Columns;
import org.poolsim.reports.result.ColumnsRecorder;
import org.poolsim.reports.result.Course;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.LatencyRecorder;
import org.poolsim.reports.result.SaturationRecorder;
import org.poolsim.reports.result.Unit;

/**
 * Keeps what the report shows of one replication: levels over time, latencies, saturation and
 * events.
 */
public final class RunRecorder implements PoolObserver {
  /** The step of the recorded series, as xcp-rrdd has it. */
  public static final long STEP_NANOS = 5_000_000_000L;

  private static final int COLUMNS = 720;

  /** Fewer for VMs: there may be thousands of them. */
  private static final int VM_COLUMNS = 144;

  private final long durationNanos;
  private final long stepNanos;
  private final Map<String, Map<String, ColumnsRecorder>> levels = new LinkedHashMap<>();
  private final IdentityHashMap<MetricSeries, LatencyRecorder> latencies = new IdentityHashMap<>();
  private final Map<String, MetricSeries> latencyMetrics = new LinkedHashMap<>();
  private final Map<String, SaturationRecorder> saturation = new LinkedHashMap<>();
  private final Map<String, Map<String, Course>> lanes = new HashMap<>();
  private final Map<String, List<Beyond>> limits = new HashMap<>();
  private final IdentityHashMap<ObjectiveSpec, Beyond> beyond = new IdentityHashMap<>();
  private final List<PoolEvent> events = new ArrayList<>();

  /** Prepares for a run. */
  public RunRecorder(RunSpec run) {
    durationNanos = run.durationNanos();
    // A run shorter than some steps still deserves a picture of its course.
    stepNanos = Math.min(STEP_NANOS, Math.max(run.record().windowNanos(), 1));
    SaturationSpec thresholds = run.saturation();
    lane(
        MetricDefinition.catalogue(),
        "host.guest_cpu",
        "guest CPU",
        thresholds.guestCpu(),
        thresholds);
    lane(
        MetricDefinition.catalogue(),
        "host.dom0_cpu",
        "dom0 CPU",
        thresholds.dom0Cpu(),
        thresholds);
    lane(
        MetricDefinition.catalogue(),
        "host.memory_used",
        "memory",
        thresholds.memory(),
        thresholds);
    if (!run.pool().arrays().isEmpty()) {
      lane(
          MetricDefinition.catalogue(),
          "array.queue_full",
          "array queue",
          thresholds.queue(),
          thresholds);
    }
    if (run.pool().hosts().stream().anyMatch(host -> !host.pifs().isEmpty())) {
      lane(
          MetricDefinition.catalogue(),
          "pif.utilisation",
          "network",
          thresholds.link(),
          thresholds);
    }
    for (ObjectiveSpec objective : run.objectives()) {
      Beyond watch = new Beyond(objective);
      beyond.put(objective, watch);
      limits.computeIfAbsent(objective.metric(), key -> new ArrayList<>()).add(watch);
    }
  }

  private void lane(
      List<MetricDefinition> catalogue,
      String metric,
      String resource,
      double threshold,
      SaturationSpec spec) {
    if (catalogue.stream().noneMatch(definition -> definition.name().equals(metric))) {
      throw new IllegalStateException("the pool has no metric " + metric);
    }
    String words =
        Math.round(threshold * 100)
            + " % for at least "
            + Math.round(spec.leastNanos() * 1e-9)
            + " s";
    saturation.put(
        metric,
        new SaturationRecorder(resource, Unit.FRACTION, threshold, words, spec.leastNanos()));
    lanes.put(metric, new HashMap<>());
  }

  @Override
  public void happened(PoolEvent event) {
    events.add(event);
  }

  @Override
  public void held(MetricSeries metric, String entity, long fromNanos, long toNanos, double value) {
    String name = metric.definition().name();
    levels
        .computeIfAbsent(name, key -> new LinkedHashMap<>())
        .computeIfAbsent(entity, key -> columns(metric.definition().entity()))
        .held(fromNanos, toNanos, value);
    SaturationRecorder recorder = saturation.get(name);
    if (recorder != null) {
      lanes.get(name).computeIfAbsent(entity, recorder::entity).held(fromNanos, toNanos, value);
    }
    List<Beyond> watches = limits.get(name);
    if (watches != null) {
      for (Beyond watch : watches) {
        watch.held(entity, fromNanos, toNanos, value);
      }
    }
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
  }

  /** Returns what happened, in order. */
  public List<PoolEvent> events() {
    return events;
  }

  /** Returns the course of a level of an entity up to {@code endNanos}, if it was measured. */
  public Optional<Columns> level(String metric, String entity, long endNanos) {
    ColumnsRecorder recorder = levels.getOrDefault(metric, Map.of()).get(entity);
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
    return saturation.values().stream().map(SaturationRecorder::lane).toList();
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
    private boolean seen;
    private long countedToNanos;
    private long totalNanos;

    Beyond(ObjectiveSpec objective) {
      this.objective = objective;
    }

    void held(String entity, long fromNanos, long toNanos, double value) {
      if (objective.entity() != null && !objective.entity().equals(entity)) {
        return;
      }
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
    };
  }
}
