// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

/** The unit in which a metric's values and limits are given. */
public enum MetricUnit {
  /** A duration. */
  NANOSECONDS(1),
  /** 0 to 1. */
  FRACTION(1e6),
  /** A rate. */
  PER_SECOND(1e3),
  /** A number of things. */
  COUNT(1e3);

  private final double steps;

  MetricUnit(double steps) {
    this.steps = steps;
  }

  /** Returns the whole steps that a histogram counts for one unit. */
  double steps() {
    return steps;
  }
}
