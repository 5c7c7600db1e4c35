// SPDX-License-Identifier: Apache-2.0
/**
 * What a finished run leaves for a reader: the plain records from which the report page, the
 * terminal summary and {@code summary.json} are written, and the recorders that fill their series.
 *
 * <p>{@link org.poolsim.reports.result.RunResult} is the root. Whoever runs a scenario fills it
 * from the pool's metrics; nothing here knows a model, a file format or HTML.
 *
 * <ul>
 *   <li>{@link org.poolsim.reports.result.SeriesRecorder} keeps at most 720 columns of lowest,
 *       highest and time-weighted mean of each data source that it is told to keep.
 *   <li>{@link org.poolsim.reports.result.LatencyRecorder} keeps one exact histogram and a coarse
 *       one per column, from which percentiles over time and the heat map are drawn.
 *   <li>{@link org.poolsim.reports.result.SaturationRecorder} turns a recorded series and a
 *       threshold into the periods over it.
 * </ul>
 *
 * <p>Values are in base units: seconds for durations that are measured, nanoseconds for positions
 * on the clock, fractions of one for shares, bytes, and counts. NaN is "unknown"; an empty optional
 * is "does not apply".
 */
package org.poolsim.reports.result;
