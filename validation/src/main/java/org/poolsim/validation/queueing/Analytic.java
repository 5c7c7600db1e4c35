// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import tools.jackson.databind.JsonNode;

/**
 * What theory says of a figure.
 *
 * @param value the figure
 * @param ownError how far, relatively, it may be from the truth by itself (an approximation)
 * @param low lower bound of the truth
 * @param high upper bound of the truth
 */
record Analytic(double value, double ownError, double low, double high) {
  /** Nelson and Tantawi's approximation for more than two queues, by the note of the set. */
  private static final double APPROXIMATION = 0.03;

  /** Figures are printed to 15 digits, and times are rounded to nanoseconds. */
  private static final double ROUNDING = 1e-9;

  /** Returns what a row says of a figure, or null if it says nothing. */
  static Analytic of(String figure, JsonNode row) {
    if (figure.equals("W") && (row.has("nelson_tantawi_approx") || row.has("exact"))) {
      double low = row.path("lower_bound").asDouble(0);
      double high = row.path("upper_bound").asDouble(Double.POSITIVE_INFINITY);
      JsonNode exact = row.path("exact");
      JsonNode approximate = row.path("nelson_tantawi_approx");
      if (exact.isNumber()) {
        return new Analytic(exact.doubleValue(), 0, low, high);
      }
      return approximate.isNumber()
          ? new Analytic(approximate.doubleValue(), APPROXIMATION, low, high)
          : null;
    }
    if (figure.startsWith("slowdown_")) {
      boolean said = row.path("slowdown_for_size_x").asString("").equals("x/(1-rho)");
      return said ? exactly(1 / (1 - row.path("rho").doubleValue())) : null;
    }
    int slash = figure.indexOf('/');
    JsonNode value =
        slash < 0
            ? row.path(figure)
            : row.path(figure.substring(0, slash))
                .path(Integer.parseInt(figure.substring(slash + 1)));
    return value.isNumber() ? exactly(value.doubleValue()) : null;
  }

  private static Analytic exactly(double value) {
    return new Analytic(value, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  boolean isZero() {
    return value == 0;
  }

  double relativeError(double estimate) {
    return Math.abs(estimate - value) / value;
  }

  /** Returns whether an interval has room for the figure, and for a truth within the bounds. */
  boolean meets(double from, double to) {
    double slack = value * (ownError + ROUNDING);
    return from <= value + slack && value - slack <= to && from <= high && low <= to;
  }
}
