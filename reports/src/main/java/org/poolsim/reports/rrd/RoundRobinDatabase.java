// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A database that is fed samples of all its sources at once, as the libraries themselves are.
 *
 * <pre>{@code
 * var rrd = new RoundRobinDatabase(Mode.XAPI, sources, ArchiveDefinition.WITH_MIN_MAX, 1700000000);
 * sample.set(0, 0.25);
 * rrd.update(1700000005, sample);
 * double newest = rrd.cell(0, 119, 0);
 * }</pre>
 *
 * <p>Not thread safe.
 */
public final class RoundRobinDatabase implements Rrd {
  private final List<SourceDefinition> sources;
  private final List<ArchiveDefinition> archives;
  private final List<Series> series = new ArrayList<>();
  private double lastUpdateSeconds;

  /**
   * Creates a database whose rows are all unknown.
   *
   * @param createdSeconds time of creation in seconds since 1970
   */
  public RoundRobinDatabase(
      Mode mode,
      List<SourceDefinition> sources,
      List<ArchiveDefinition> archives,
      double createdSeconds) {
    this.sources = List.copyOf(sources);
    this.archives = List.copyOf(archives);
    Series.Layout layout = new Series.Layout(archives);
    for (SourceDefinition source : sources) {
      Series column = Series.create(mode, source, layout);
      column.createAt(createdSeconds);
      series.add(column);
    }
    lastUpdateSeconds = createdSeconds;
  }

  /**
   * Takes one sample of all sources. Without sources nothing happens.
   *
   * @param seconds the time in seconds since 1970
   * @throws IllegalArgumentException in RRDtool's mode, if the time does not advance
   */
  public void update(double seconds, Sample sample) {
    for (int i = 0; i < series.size(); i++) {
      series.get(i).update(lastUpdateSeconds, seconds, sample.value(i), sample.integer(i));
    }
    if (!series.isEmpty()) {
      lastUpdateSeconds = seconds;
    }
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

  /** Returns the columns in the order of the sources. */
  public List<Series> series() {
    return Collections.unmodifiableList(series);
  }

  @Override
  public double cell(int archive, int row, int source) {
    return series.get(source).rowValue(archive, row);
  }

  @Override
  public double openRowValue(int archive, int source) {
    return series.get(source).value[archive];
  }

  @Override
  public int openRowUnknown(int archive, int source) {
    return series.get(source).unknown[archive];
  }

  @Override
  public String lastSample(int source) {
    Series column = series.get(source);
    return Double.isNaN(column.lastSample)
        ? "0.0"
        : column.definition.integer()
            ? Long.toString(column.lastInteger)
            : NumberText.of(column.lastSample);
  }

  @Override
  public double openPdpValue(int source) {
    return series.get(source).openValue;
  }

  @Override
  public double openPdpUnknownSeconds(int source) {
    return series.get(source).openUnknownSeconds;
  }

  @Override
  public double lastUpdateSeconds(int source) {
    return series.get(source).lastUpdateSeconds;
  }
}
