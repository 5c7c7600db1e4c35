// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import java.util.List;
import org.poolsim.reports.rrd.ArchiveDefinition;
import org.poolsim.reports.rrd.Rrd;
import org.poolsim.reports.rrd.SourceDefinition;

/** A database read back from a dump. */
final class StoredRrd implements Rrd {
  private final double lastUpdateSeconds;
  private final List<SourceDefinition> sources;
  private final List<Open> open;
  private final List<ArchiveDefinition> archives;
  private final List<Rows> rows;

  /** The open PDP of a source. */
  record Open(String lastSample, double value, double unknownSeconds) {}

  /** The rows of an archive, oldest first, sources side by side, and its open row. */
  static final class Rows {
    private final double[] openValues;
    private final int[] openUnknown;
    private final float[] cells;

    Rows(double[] openValues, int[] openUnknown, float[] cells) {
      this.openValues = openValues;
      this.openUnknown = openUnknown;
      this.cells = cells;
    }
  }

  StoredRrd(
      double lastUpdateSeconds,
      List<SourceDefinition> sources,
      List<Open> open,
      List<ArchiveDefinition> archives,
      List<Rows> rows) {
    this.lastUpdateSeconds = lastUpdateSeconds;
    this.sources = List.copyOf(sources);
    this.open = List.copyOf(open);
    this.archives = List.copyOf(archives);
    this.rows = List.copyOf(rows);
  }

  @Override
  public double lastUpdateSeconds() {
    return lastUpdateSeconds;
  }

  @Override
  public List<SourceDefinition> sources() {
    return sources;
  }

  @Override
  public List<ArchiveDefinition> archives() {
    return archives;
  }

  @Override
  public double cell(int archive, int row, int source) {
    return rows.get(archive).cells[row * sources.size() + source];
  }

  @Override
  public double openRowValue(int archive, int source) {
    return rows.get(archive).openValues[source];
  }

  @Override
  public int openRowUnknown(int archive, int source) {
    return rows.get(archive).openUnknown[source];
  }

  @Override
  public String lastSample(int source) {
    return open.get(source).lastSample();
  }

  @Override
  public double openPdpValue(int source) {
    return open.get(source).value();
  }

  @Override
  public double openPdpUnknownSeconds(int source) {
    return open.get(source).unknownSeconds();
  }

  @Override
  public double lastUpdateSeconds(int source) {
    return lastUpdateSeconds;
  }
}
