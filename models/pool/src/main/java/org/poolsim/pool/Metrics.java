// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.poolsim.engine.Simulator;
import org.poolsim.pool.spec.ObjectiveSpec;

/** What a run measures, by the names of {@link MetricDefinition#catalogue()}, in that order. */
public final class Metrics {
  private final List<String> vms;
  private final PoolObserver observer;
  private final Map<String, MetricSeries> byName = new LinkedHashMap<>();
  private final MetricSeries bootTime;
  private final MetricSeries responseTime;
  private final MetricSeries readLatency;
  private final MetricSeries writeLatency;
  private long refusedRequests;

  Metrics(
      List<String> vms,
      List<String> hosts,
      List<String> links,
      List<String> arrays,
      PoolObserver observer) {
    this.vms = List.copyOf(vms);
    this.observer = observer;
    for (MetricDefinition definition : MetricDefinition.catalogue()) {
      List<String> entities =
          switch (definition.entity()) {
            case VM -> vms;
            case HOST -> hosts;
            case LINK -> links;
            case ARRAY -> arrays;
          };
      byName.put(definition.name(), new MetricSeries(definition, entities, observer));
    }
    bootTime = get(MetricDefinition.BOOT_TIME);
    responseTime = get(MetricDefinition.RESPONSE_TIME);
    readLatency = get(MetricDefinition.READ_LATENCY);
    writeLatency = get(MetricDefinition.WRITE_LATENCY);
  }

  /** Returns every metric. */
  public List<MetricSeries> all() {
    return new ArrayList<>(byName.values());
  }

  /** Returns a metric by its name. */
  public Optional<MetricSeries> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Returns the number of requests that an open load turned away. */
  public long refusedRequests() {
    return refusedRequests;
  }

  /**
   * Compares what was measured with an objective.
   *
   * @throws IllegalArgumentException for a metric that does not exist
   */
  public ObjectiveOutcome evaluate(ObjectiveSpec objective) {
    MetricSeries series = byName.get(objective.metric());
    if (series == null) {
      throw new IllegalArgumentException(
          "there is no metric " + objective.metric() + "; expected one of " + byName.keySet());
    }
    MetricSeries.Values values =
        objective.entity() == null ? series.values() : series.valuesOf(objective.entity());
    double measured =
        switch (objective.statistic()) {
          case MEAN -> values.mean();
          case MIN -> values.min();
          case MAX -> values.max();
          case PERCENTILE -> values.percentile(objective.percentile());
        };
    return new ObjectiveOutcome(objective, series.definition(), values.count(), measured);
  }

  MetricSeries get(MetricDefinition definition) {
    return byName.get(definition.name());
  }

  MetricSeries bootTime() {
    return bootTime;
  }

  MetricSeries responseTime() {
    return responseTime;
  }

  MetricSeries responseTime(String workload) {
    MetricDefinition definition = MetricDefinition.RESPONSE_TIME.of(workload);
    return byName.computeIfAbsent(
        definition.name(), name -> new MetricSeries(definition, vms, observer));
  }

  /** Returns where the steps of a VM's requests go. */
  StepTimes stepTimes(Simulator simulator, PoolVm vm) {
    MetricSeries computing = get(MetricDefinition.CPU_TIME);
    MetricSeries sending = get(MetricDefinition.SEND_TIME);
    MetricSeries receiving = get(MetricDefinition.RECEIVE_TIME);
    return new StepTimes() {
      @Override
      public void computed(long nanos) {
        computing.took(vm, simulator.nowNanos(), nanos);
      }

      @Override
      public void sent(long nanos) {
        sending.took(vm, simulator.nowNanos(), nanos);
      }

      @Override
      public void received(long nanos) {
        receiving.took(vm, simulator.nowNanos(), nanos);
      }
    };
  }

  MetricSeries readLatency() {
    return readLatency;
  }

  MetricSeries writeLatency() {
    return writeLatency;
  }

  void refusedRequest() {
    refusedRequests++;
  }
}
