// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

/** How primary data points become one row of an archive. */
public enum ConsolidationFunction {
  /** The mean. */
  AVERAGE,
  /** The smallest. */
  MIN,
  /** The largest. */
  MAX,
  /** The latest. */
  LAST
}
