// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An objective of the scenario and what was measured against it.
 *
 * @param metric the metric's name in the scenario, for example {@code vm.boot_time}
 * @param title the metric for people, for example {@code Boot time of a VM}
 * @param statistic the statistic's short name: {@code p95}, {@code max}, {@code mean}
 * @param unit of measured and limit
 * @param direction on which side of the limit the measurement has to lie
 * @param limit the limit, in base units
 * @param measured the measurement, in base units; NaN when nothing could be measured
 * @param secondsBeyond simulated seconds for which the metric was beyond its limit; empty where a
 *     metric has no course over time
 * @param complaint what a miss means in a few words, for the verdict: {@code desktops boot too
 *     slowly}; empty to have the title said instead
 * @param interval confidence interval over replications; empty with one replication
 */
public record Objective(
    String metric,
    String title,
    String statistic,
    Unit unit,
    Direction direction,
    double limit,
    double measured,
    OptionalDouble secondsBeyond,
    String complaint,
    Optional<Interval> interval) {

  /** On which side of its limit a measurement has to lie. */
  public enum Direction {
    BELOW,
    ABOVE
  }

  /** What came out. */
  public enum Verdict {
    MET,
    MISSED,
    NOT_MEASURED
  }

  /**
   * A confidence interval over replications.
   *
   * @param low lower end, in base units
   * @param high upper end, in base units
   * @param confidence for example 0.95
   */
  public record Interval(double low, double high, double confidence) {}

  /** An objective that one replication measured. */
  public static Objective below(
      String metric, String title, String statistic, Unit unit, double limit, double measured) {
    return new Objective(
        metric,
        title,
        statistic,
        unit,
        Direction.BELOW,
        limit,
        measured,
        OptionalDouble.empty(),
        "",
        Optional.empty());
  }

  /** Returns this objective with the time it was beyond its limit. */
  public Objective beyondFor(double seconds) {
    return new Objective(
        metric,
        title,
        statistic,
        unit,
        direction,
        limit,
        measured,
        OptionalDouble.of(seconds),
        complaint,
        interval);
  }

  /** Returns this objective with the words that say what a miss means. */
  public Objective complaining(String words) {
    return new Objective(
        metric, title, statistic, unit, direction, limit, measured, secondsBeyond, words, interval);
  }

  /** Returns what came out; a measurement equal to the limit misses it. */
  public Verdict verdict() {
    if (Double.isNaN(measured)) {
      return Verdict.NOT_MEASURED;
    }
    boolean met = direction == Direction.BELOW ? measured < limit : measured > limit;
    return met ? Verdict.MET : Verdict.MISSED;
  }

  /**
   * Returns the distance to the limit as a fraction of the limit: positive when met (spare),
   * negative when missed; NaN when not measured or when the limit is zero.
   */
  public double spare() {
    double distance = direction == Direction.BELOW ? limit - measured : measured - limit;
    return limit == 0 ? Double.NaN : distance / Math.abs(limit);
  }
}
