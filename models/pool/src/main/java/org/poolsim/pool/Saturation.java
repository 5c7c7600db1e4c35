// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.poolsim.pool.spec.SaturationSpec;

/**
 * Finds what was over its threshold, for how long.
 *
 * <p>The CPUs of fluid hosts, memory and array queues are watched from change to change: a stretch
 * over the threshold begins and ends at the instant when the level stands there for a second or
 * longer on both sides, and within a second otherwise. The CPUs of detailed hosts, links and the
 * devices of arrays are busy or idle at any instant; they are watched as means over the run's
 * windows, and a stretch begins and ends with a window.
 */
public final class Saturation {
  private final PoolObserver observer;
  private final SaturationSpec thresholds;
  private final Map<SaturatedResource, List<Watch>> watches = new TreeMap<>();

  Saturation(SaturationSpec thresholds) {
    this(thresholds, PoolObserver.NOBODY);
  }

  Saturation(SaturationSpec thresholds, PoolObserver observer) {
    this.observer = observer;
    this.thresholds = thresholds;
  }

  /**
   * How one resource of one entity did.
   *
   * @param resource what
   * @param entity whose
   * @param threshold from which on it counts as saturated
   * @param firstNanos begin of the first saturation; -1 if there was none
   * @param untilNanos end of the last one, -1 if there was none
   * @param totalNanos time saturated
   * @param highest the highest level of any stretch; NaN if there was none
   * @param highestAtNanos begin of that stretch
   */
  public record Finding(
      SaturatedResource resource,
      String entity,
      double threshold,
      long firstNanos,
      long untilNanos,
      long totalNanos,
      double highest,
      long highestAtNanos) {
    /** Returns whether it was ever saturated. */
    public boolean isSaturated() {
      return firstNanos >= 0;
    }
  }

  /**
   * Returns what has been found so far: the saturated ones by their first time, then the others by
   * their level.
   */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    watches.values().forEach(list -> list.forEach(watch -> findings.add(watch.finding())));
    findings.sort(
        Comparator.comparingLong((Finding f) -> f.isSaturated() ? f.firstNanos() : Long.MAX_VALUE)
            .thenComparingDouble(
                f -> Double.isNaN(f.highest()) ? 0 : -f.highest() / f.threshold()));
    return findings;
  }

  Watch watch(SaturatedResource resource, String entity) {
    double threshold =
        switch (resource) {
          case GUEST_CPU -> thresholds.guestCpu();
          case DOM0_CPU -> thresholds.dom0Cpu();
          case MEMORY -> thresholds.memory();
          case ARRAY -> thresholds.array();
          case ARRAY_QUEUE -> thresholds.queue();
          case LINK -> thresholds.link();
        };
    Watch watch = new Watch(resource, entity, threshold, thresholds.leastNanos(), observer);
    watches.computeIfAbsent(resource, key -> new ArrayList<>()).add(watch);
    return watch;
  }

  /** One resource of one entity. */
  static final class Watch {
    private final SaturatedResource resource;
    private final String entity;
    private final double threshold;
    private final long leastNanos;
    private final PoolObserver observer;
    private boolean over;
    private long overFromNanos;
    private long overToNanos;
    private long firstNanos = -1;
    private long untilNanos = -1;
    private long totalNanos;
    private double highest = Double.NaN;
    private long highestAtNanos;

    Watch(
        SaturatedResource resource,
        String entity,
        double threshold,
        long leastNanos,
        PoolObserver observer) {
      this.observer = observer;
      this.resource = resource;
      this.entity = entity;
      this.threshold = threshold;
      this.leastNanos = leastNanos;
    }

    void held(long fromNanos, long toNanos, double value) {
      observer.level(resource, entity, fromNanos, toNanos, value);
      if (!(value <= highest)) {
        highest = value;
        highestAtNanos = fromNanos;
      }
      if (value < threshold) {
        over = false;
        return;
      }
      long before = counted();
      if (!over || overToNanos != fromNanos) {
        over = true;
        overFromNanos = fromNanos;
        before = 0;
      }
      overToNanos = toNanos;
      long now = counted();
      if (now > 0) {
        totalNanos += now - before;
        untilNanos = toNanos;
        if (firstNanos < 0) {
          firstNanos = overFromNanos;
        }
      }
    }

    /**
     * Returns the length of the present stretch over the threshold if it is long enough to count.
     */
    private long counted() {
      long length = over ? overToNanos - overFromNanos : 0;
      return length >= leastNanos ? length : 0;
    }

    Finding finding() {
      return new Finding(
          resource, entity, threshold, firstNanos, untilNanos, totalNanos, highest, highestAtNanos);
    }
  }
}
