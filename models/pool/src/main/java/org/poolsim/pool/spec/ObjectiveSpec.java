// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * What a run is expected to hold.
 *
 * @param metric a name of the metrics catalogue
 * @param entity a VM, host, array or link, with {@code *} for any characters; {@code null} is all
 *     of them merged
 * @param statistic what is taken of the metric
 * @param percentile 0 to 100 for {@link Statistic#PERCENTILE}; otherwise ignored
 * @param comparison whether the limit is the most or the least
 * @param limit in the metric's unit
 */
public record ObjectiveSpec(
    String metric,
    String entity,
    Statistic statistic,
    double percentile,
    Comparison comparison,
    double limit) {
  /** What is taken of a metric. */
  public enum Statistic {
    MEAN,
    MIN,
    MAX,
    PERCENTILE
  }

  /** Which side of the limit is good. */
  public enum Comparison {
    BELOW,
    ABOVE
  }

  public ObjectiveSpec {
    Require.name(metric, "the metric of an objective");
    Require.present(statistic, "the statistic of an objective on " + metric);
    Require.between(percentile, 0, 100, "percentile of an objective on " + metric);
    Require.present(comparison, "the comparison of an objective on " + metric);
    if (!Double.isFinite(limit)) {
      throw new IllegalArgumentException(
          "the limit of an objective on " + metric + " is " + limit + "; expected a finite number");
    }
  }
}
