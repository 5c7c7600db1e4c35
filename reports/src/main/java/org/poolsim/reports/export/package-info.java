// SPDX-License-Identifier: Apache-2.0
/**
 * What a run leaves behind of its time series, and what a host answers about them: dumps and {@code
 * rrd_updates} byte for byte as xapi writes them, a second dump that stock rrdtool restores, CSV,
 * Parquet, OpenMetrics and HdrHistogram logs. {@link org.poolsim.reports.export.SeriesFiles} writes
 * them all into a run's folder, and reads the databases back.
 */
package org.poolsim.reports.export;
