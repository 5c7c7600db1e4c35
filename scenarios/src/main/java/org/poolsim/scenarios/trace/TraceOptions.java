// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.trace;

/**
 * How a trace is read.
 *
 * @param format the file's format
 * @param timeColumn the column of the time in plain CSV; the first one if it is left null
 * @param timeUnitNanos what one unit of the time column is, in nanoseconds
 * @param full the number that becomes 1; 0 for the format's own: 100, or the capacity provisioned
 *     in the same row for the column {@code CPU usage [MHZ]}
 * @param fromNanos where in the trace the series begins, since its first row; what holds then is
 *     its first value
 */
public record TraceOptions(
    Format format, String timeColumn, long timeUnitNanos, double full, long fromNanos) {
  /** What is told from the file, percentages, times in seconds. */
  public static final TraceOptions DEFAULT =
      new TraceOptions(Format.AUTO, null, 1_000_000_000L, 0, 0);
}
