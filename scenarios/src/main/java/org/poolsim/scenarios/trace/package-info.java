// SPDX-License-Identifier: Apache-2.0
/**
 * Reads recorded demand: the Bitbrains traces of the Grid Workloads Archive (GWA-T-12), PlanetLab's
 * CPU traces and plain CSV, as a stream, into {@link org.poolsim.pool.spec.TimeSeries}.
 *
 * <ul>
 *   <li><b>Bitbrains</b>: one VM a file, separated by a semicolon and a tab. The header calls the
 *       time milliseconds but the values are Unix seconds; values that could only be milliseconds
 *       (13 digits) are taken as such. Samples are about 300 s apart with jitter and holes.
 *   <li><b>PlanetLab</b>: one VM a file, one whole percentage a line every 300 s; or the columns of
 *       several such files side by side with their time in seconds in front, which is plain CSV.
 *   <li><b>CSV</b>: a header line, a column of time (seconds unless told otherwise, or ISO 8601
 *       instants) and columns of numbers. The separator (comma, semicolon or tab) is what the
 *       header has most of.
 * </ul>
 *
 * <p>Time 0 of a series is the file's first row. Times are kept as recorded: jitter is neither
 * rounded nor resampled, and a hole (a missing row or an empty cell) holds whatever the workload
 * says holds between two points. Of rows with equal times the last counts; a time that runs
 * backwards is a mistake.
 *
 * <p>Limits: 256 MiB a file, 2 million rows, 20,000 columns.
 */
package org.poolsim.scenarios.trace;
