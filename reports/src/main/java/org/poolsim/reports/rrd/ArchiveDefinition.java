// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.util.List;

/**
 * One round-robin archive.
 *
 * @param function how primary data points (PDPs, one each 5 s) become a row
 * @param rows rows kept, 1 or more
 * @param pdpPerRow PDPs per row, 1 or more
 * @param xff the share of unknown PDPs that a known row may hold, 0 to 1
 */
public record ArchiveDefinition(
    ConsolidationFunction function, int rows, int pdpPerRow, double xff) {
  /** Seconds per primary data point; rrdd_monitor.ml. */
  public static final int STEP_SECONDS = 5;

  /** The archives of every host: with minima and maxima beyond 5 s; rrdd_shared.ml. */
  public static final List<ArchiveDefinition> WITH_MIN_MAX =
      List.of(
          new ArchiveDefinition(ConsolidationFunction.AVERAGE, 120, 1, 0.5),
          new ArchiveDefinition(ConsolidationFunction.AVERAGE, 120, 12, 1.0),
          new ArchiveDefinition(ConsolidationFunction.MIN, 120, 12, 1.0),
          new ArchiveDefinition(ConsolidationFunction.MAX, 120, 12, 1.0),
          new ArchiveDefinition(ConsolidationFunction.AVERAGE, 168, 720, 1.0),
          new ArchiveDefinition(ConsolidationFunction.MIN, 168, 720, 1.0),
          new ArchiveDefinition(ConsolidationFunction.MAX, 168, 720, 1.0),
          new ArchiveDefinition(ConsolidationFunction.AVERAGE, 366, 17280, 1.0),
          new ArchiveDefinition(ConsolidationFunction.MIN, 366, 17280, 1.0),
          new ArchiveDefinition(ConsolidationFunction.MAX, 366, 17280, 1.0));

  /** The archives of VMs and SRs unless the pool asks for minima and maxima there too. */
  public static final List<ArchiveDefinition> AVERAGES =
      List.of(
          new ArchiveDefinition(ConsolidationFunction.AVERAGE, 120, 1, 0.5),
          new ArchiveDefinition(ConsolidationFunction.AVERAGE, 120, 12, 0.5),
          new ArchiveDefinition(ConsolidationFunction.AVERAGE, 168, 720, 0.5),
          new ArchiveDefinition(ConsolidationFunction.AVERAGE, 366, 17280, 0.5));

  /** Checks the ranges. */
  public ArchiveDefinition {
    if (rows < 1 || pdpPerRow < 1 || !(xff >= 0 && xff <= 1)) {
      throw new IllegalArgumentException(
          "an archive has 1 or more rows of 1 or more PDPs and an xff of 0 to 1, not "
              + rows
              + " rows, "
              + pdpPerRow
              + " PDPs, xff "
              + xff);
    }
  }

  /** Returns the seconds that one row covers. */
  public long rowSeconds() {
    return (long) STEP_SECONDS * pdpPerRow;
  }
}
