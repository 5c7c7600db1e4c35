// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.List;
import org.poolsim.engine.stat.LatencyHistogram;

/**
 * All values of one metric in a run: of the whole pool to three significant digits, of each entity
 * to two. Means, minima and maxima are exact to the metric's step (1 ns, a millionth, a thousandth
 * per second); percentiles are nearest rank.
 */
public final class MetricSeries {
  private static final long MICROSECOND = 1_000;
  private static final long HOUR = 3_600_000_000_000L;
  private static final long LARGEST_RATIO = 1_000_000_000;

  private final MetricDefinition definition;
  private final List<String> entities;
  private final PoolObserver observer;
  private final LatencyHistogram all;
  private final EntityValues[] byEntity;

  MetricSeries(MetricDefinition definition, List<String> entities, PoolObserver observer) {
    this.definition = definition;
    this.entities = List.copyOf(entities);
    this.observer = observer;
    all = histogram(definition, 3);
    byEntity = new EntityValues[entities.size()];
  }

  static LatencyHistogram histogram(MetricDefinition definition, int digits) {
    return definition.unit() == MetricUnit.NANOSECONDS
        ? new LatencyHistogram(MICROSECOND, HOUR, digits)
        : new LatencyHistogram(1, LARGEST_RATIO, digits);
  }

  /** Returns what is measured. */
  public MetricDefinition definition() {
    return definition;
  }

  /** Returns the names of what it is measured of, in the order of the scenario. */
  public List<String> entities() {
    return entities;
  }

  /** Returns the values of the whole pool. */
  public Values values() {
    return new Values(all, definition.unit());
  }

  /** Returns the values of one entity by its place in {@link #entities()}. */
  public Values values(int entity) {
    EntityValues own = byEntity[entity];
    return new Values(own == null ? histogram(definition, 1) : own.histogram(), definition.unit());
  }

  /**
   * Returns the values of all entities whose name matches.
   *
   * @param pattern a name in which {@code *} stands for any characters
   */
  public Values valuesOf(String pattern) {
    LatencyHistogram merged = histogram(definition, 3);
    for (int i = 0; i < byEntity.length; i++) {
      if (byEntity[i] != null && matches(pattern, entities.get(i))) {
        merged.merge(byEntity[i].histogram());
      }
    }
    return new Values(merged, definition.unit());
  }

  /** Returns whether a name matches a pattern in which {@code *} stands for any characters. */
  static boolean matches(String pattern, String name) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(name);
    }
    if (!name.startsWith(pattern.substring(0, star))) {
      return false;
    }
    String rest = pattern.substring(star + 1);
    for (int from = star; from <= name.length(); from++) {
      if (matches(rest, name.substring(from))) {
        return true;
      }
    }
    return false;
  }

  void took(PoolVm vm, long nowNanos, long nanos) {
    add(vm.index(), nanos);
    observer.took(this, vm.name(), nowNanos, nanos);
  }

  void held(int entity, long fromNanos, long toNanos, double value) {
    add(entity, Math.max(0, Math.round(value * definition.unit().steps())));
    observer.held(this, entity, fromNanos, toNanos, value);
  }

  private void add(int entity, long steps) {
    all.record(steps);
    EntityValues own = byEntity[entity];
    if (own == null) {
      own = new EntityValues(definition);
      byEntity[entity] = own;
    }
    own.add(steps);
  }

  /** What was measured, in the metric's unit; every statistic is NaN if nothing was. */
  public static final class Values {
    private final LatencyHistogram histogram;
    private final MetricUnit unit;

    Values(LatencyHistogram histogram, MetricUnit unit) {
      this.histogram = histogram;
      this.unit = unit;
    }

    /** Returns how many values there are. */
    public long count() {
      return histogram.count();
    }

    /** Returns their mean. */
    public double mean() {
      return histogram.mean() / unit.steps();
    }

    /** Returns the smallest. */
    public double min() {
      return count() == 0 ? Double.NaN : histogram.minNanos() / unit.steps();
    }

    /** Returns the largest. */
    public double max() {
      return count() == 0 ? Double.NaN : histogram.maxNanos() / unit.steps();
    }

    /** Returns the value that {@code percent} of all do not exceed. */
    public double percentile(double percent) {
      return count() == 0
          ? Double.NaN
          : Math.min(max(), histogram.percentileNanos(percent) / unit.steps());
    }

    /**
     * Returns the histogram itself, in the unit's steps: nanoseconds, millionths, thousandths per
     * second.
     */
    public LatencyHistogram histogram() {
      return histogram;
    }
  }
}
