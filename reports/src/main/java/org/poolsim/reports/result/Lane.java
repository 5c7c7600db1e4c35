// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.List;
import java.util.OptionalLong;

/**
 * One resource in "what saturated": when it was above its own threshold, on any of its entities.
 *
 * @param resource what it is, for example {@code dom0 CPU}
 * @param threshold in base units
 * @param thresholdWords the threshold as a clause, for example {@code 90 % for at least 10 s}
 * @param unit of threshold and highest
 * @param entity the entity that saturated first, or the one that came nearest; may be empty
 * @param entities how many entities the resource has
 * @param entitiesOver how many of them were over the threshold at some time
 * @param allOverFromNanos since when every entity had been over it at least once; empty if never
 * @param periods when at least one entity was over it, in order and without overlap
 * @param highest the highest value of any entity
 * @param highestEntity which entity that was; may be empty
 * @param highestAtNanos when that was
 */
public record Lane(
    String resource,
    double threshold,
    String thresholdWords,
    Unit unit,
    String entity,
    int entities,
    int entitiesOver,
    OptionalLong allOverFromNanos,
    List<Period> periods,
    double highest,
    String highestEntity,
    long highestAtNanos) {
  /** A resource counts as quiet while its highest value stays below this share of its threshold. */
  public static final double QUIET_SHARE = 0.8;

  public Lane {
    periods = List.copyOf(periods);
  }

  /** Returns whether the resource was ever over its threshold for long enough. */
  public boolean saturated() {
    return !periods.isEmpty();
  }

  /** Returns whether it never came near its threshold. */
  public boolean quiet() {
    return !saturated() && highest < QUIET_SHARE * threshold;
  }

  /** Returns the first instant over the threshold; the largest long if never. */
  public long firstNanos() {
    return periods.isEmpty() ? Long.MAX_VALUE : periods.get(0).startNanos();
  }

  /** Returns the simulated time over the threshold. */
  public long totalNanos() {
    return periods.stream().mapToLong(Period::lengthNanos).sum();
  }

  /** Returns the distance of the highest value to the threshold, as a fraction of the threshold. */
  public double spare() {
    return (threshold - highest) / threshold;
  }
}
