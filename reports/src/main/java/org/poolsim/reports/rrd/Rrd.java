// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.util.List;

/**
 * A round-robin database as a reader sees it: the rows of each archive, oldest first, one column
 * per source. The last row of an archive ends at the last update rounded down to the row's length.
 */
public interface Rrd {
  /** Returns the time of the last update in seconds since 1970. */
  double lastUpdateSeconds();

  /** Returns the sources in the order of their columns. */
  List<SourceDefinition> sources();

  /** Returns the archives. */
  List<ArchiveDefinition> archives();

  /**
   * Returns one cell; NaN is unknown.
   *
   * @param row 0 is the oldest row
   */
  double cell(int archive, int row, int source);

  /** Returns the value of the open row of an archive. */
  double openRowValue(int archive, int source);

  /** Returns the unknown PDPs of the open row of an archive. */
  int openRowUnknown(int archive, int source);

  /** Returns the latest raw value in decimal; {@code 0.0} when unknown. */
  String lastSample(int source);

  /** Returns the accumulator of the open PDP. */
  double openPdpValue(int source);

  /** Returns the unknown seconds of the open PDP. */
  double openPdpUnknownSeconds(int source);

  /** Returns the time of a source's own last update in seconds since 1970. */
  double lastUpdateSeconds(int source);

  /** Returns the end, in seconds since 1970, of an archive's newest row. */
  default long newestRowEnd(int archive) {
    long seconds = archives().get(archive).rowSeconds();
    return Math.floorDiv((long) Math.floor(lastUpdateSeconds()), seconds) * seconds;
  }
}
