// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

/** Whose arithmetic consolidates. */
public enum Mode {
  /** The library of xapi, as it is: {@link XapiSeries}. */
  XAPI,
  /** RRDtool 1.7.2: {@link RrdtoolSeries}. */
  RRDTOOL
}
