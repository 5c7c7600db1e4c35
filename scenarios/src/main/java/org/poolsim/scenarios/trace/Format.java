// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.trace;

/** The format of a trace file. */
public enum Format {
  /** Told from the first line. */
  AUTO,
  /** GWA-T-12. */
  BITBRAINS,
  /** A percentage a line, each 300 s. */
  PLANETLAB,
  /** A header, a column of time and columns of numbers. */
  CSV
}
