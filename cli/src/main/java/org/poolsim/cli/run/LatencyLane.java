// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import org.HdrHistogram.Histogram;
import org.poolsim.pool.spec.ObjectiveSpec;
import org.poolsim.reports.result.Course;

/**
 * The statistic that an objective takes of a duration, over each window of the run by itself: where
 * it lies beyond the objective's limit, what the objective is about was too slow. A window in which
 * nothing ended says nothing.
 */
final class LatencyLane {
  private static final double SECONDS = 1e-9;

  private final ObjectiveSpec objective;
  private final long windowNanos;
  private final Course course;
  private final Histogram values = new Histogram(3);
  private long window;

  /**
   * @param course takes the statistic of each window, in seconds
   */
  LatencyLane(ObjectiveSpec objective, long windowNanos, Course course) {
    this.objective = objective;
    this.windowNanos = windowNanos;
    this.course = course;
  }

  void took(long nowNanos, long nanos) {
    long at = nowNanos / windowNanos;
    if (at != window) {
      close((window + 1) * windowNanos);
      window = at;
    }
    values.recordValue(nanos);
  }

  /** Closes the window that the run's end cuts off. */
  void finish(long endNanos) {
    close(Math.min(endNanos, (window + 1) * windowNanos));
  }

  private void close(long untilNanos) {
    if (values.getTotalCount() > 0) {
      double value =
          switch (objective.statistic()) {
            case MEAN -> values.getMean();
            case MIN -> (double) values.getMinValue();
            case MAX -> (double) values.getMaxValue();
            case PERCENTILE -> (double) values.getValueAtPercentile(objective.percentile());
          };
      course.held(window * windowNanos, untilNanos, value * SECONDS);
      values.reset();
    }
  }
}
