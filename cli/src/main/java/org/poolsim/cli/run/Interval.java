// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The mean of independent replications and Student's interval around it.
 *
 * @param mean NaN if a replication measured nothing
 * @param low equal to the mean with one replication
 * @param high equal to the mean with one replication
 */
record Interval(double mean, double low, double high) {
  static Interval of(double[] values, double confidence) {
    SummaryStatistics statistics = new SummaryStatistics();
    for (double value : values) {
      statistics.addValue(value);
    }
    double mean = statistics.getMean();
    if (values.length < 2) {
      return new Interval(mean, mean, mean);
    }
    double quantile =
        new TDistribution(null, values.length - 1.0)
            .inverseCumulativeProbability((1 + confidence) / 2);
    double half = quantile * statistics.getStandardDeviation() / Math.sqrt(values.length);
    return new Interval(mean, mean - half, mean + half);
  }
}
