// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.pool.spec.ObjectiveSpec;
import org.poolsim.pool.spec.ObjectiveSpec.Comparison;

/**
 * How a run did on an objective.
 *
 * @param objective what was expected
 * @param metric what was measured
 * @param values how many values it was measured on
 * @param measured in the metric's unit; NaN if there were no values
 */
public record ObjectiveOutcome(
    ObjectiveSpec objective, MetricDefinition metric, long values, double measured) {
  /** The possible outcomes. */
  public enum Verdict {
    MET,
    MISSED,
    /** There was nothing to measure. */
    NOT_MEASURED
  }

  /** Returns whether the objective was met; a value at the limit meets it. */
  public Verdict verdict() {
    if (Double.isNaN(measured)) {
      return Verdict.NOT_MEASURED;
    }
    return spare() >= 0 ? Verdict.MET : Verdict.MISSED;
  }

  /**
   * Returns the distance to the limit as a fraction of it: positive is spare, negative is missed
   * by. With a limit of 0 it is the distance itself.
   */
  public double spare() {
    double limit = objective.limit();
    double distance =
        objective.comparison() == Comparison.BELOW ? limit - measured : measured - limit;
    return limit == 0 ? distance : distance / Math.abs(limit);
  }
}
