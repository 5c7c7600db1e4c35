// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * The latencies or response times of one kind of request over the run. Percentiles are read from
 * the histogram by nearest rank; percentiles are never merged, histograms are.
 *
 * @param title what was measured, for example {@code Response time, web}
 * @param metric the metric's name in a scenario, for example {@code workload.response_time}
 * @param histogram all values, in nanoseconds
 * @param limitSeconds the objective's limit; empty without one
 * @param limitPercentile the percentile to which the objective applies; empty without one
 * @param heat the same values over time
 */
public record Latency(
    String title,
    String metric,
    Histogram histogram,
    OptionalDouble limitSeconds,
    OptionalDouble limitPercentile,
    LatencyHeat heat) {
  /**
   * Returns the latency, in seconds, that a share of all requests did not exceed; NaN without any.
   */
  public double seconds(double percentile) {
    return histogram.getTotalCount() == 0
        ? Double.NaN
        : histogram.getValueAtPercentile(percentile) * 1e-9;
  }
}
