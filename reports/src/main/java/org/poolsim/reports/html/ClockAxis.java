// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import org.poolsim.reports.summary.Figures;

/** The marks of an axis of simulated time; the page's script chooses them in the same way. */
final class ClockAxis {
  private static final long SECOND = 1_000_000_000L;
  private static final long[] SPACINGS_SECONDS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400,
    172800, 604800
  };

  private ClockAxis() {}

  static long spacingNanos(long durationNanos, int most) {
    for (long seconds : SPACINGS_SECONDS) {
      if (durationNanos / (seconds * SECOND) <= most) {
        return seconds * SECOND;
      }
    }
    long day = 86400 * SECOND;
    return (durationNanos / most / day + 1) * day;
  }

  /** Writes the labels below lanes. */
  static void write(Markup page, long durationNanos) {
    long spacing = spacingNanos(durationNanos, 5);
    page.open("svg", "class", "clock-axis", "aria-hidden", "true");
    for (long at = 0; at <= durationNanos; at += spacing) {
      double place = (double) at / durationNanos;
      String anchor = place < 0.02 ? "start" : place > 0.97 ? "end" : "middle";
      page.element(
          "text",
          Figures.axisClock(at, spacing),
          "x",
          Panel.percent(place),
          "y",
          "12",
          "text-anchor",
          anchor);
    }
    page.closeLine();
  }
}
