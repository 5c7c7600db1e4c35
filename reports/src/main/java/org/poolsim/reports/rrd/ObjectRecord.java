// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Owner;

/** The database of one host, VM or SR as a {@link Recorder} fills it. */
public final class ObjectRecord implements Rrd {
  private final Owner owner;
  private final List<ArchiveDefinition> archives;
  private final List<RecordedSeries> series = new ArrayList<>();
  private final List<SourceDefinition> sources = new ArrayList<>();
  private final long createdSeconds;

  ObjectRecord(Owner owner, List<ArchiveDefinition> archives, long createdSeconds) {
    this.owner = owner;
    this.archives = archives;
    this.createdSeconds = createdSeconds;
  }

  void add(RecordedSeries added) {
    series.add(added);
    sources.add(SourceDefinition.of(added.description));
  }

  RecordedSeries find(String name) {
    for (RecordedSeries each : series) {
      if (each.description.name().equals(name)) {
        return each;
      }
    }
    return null;
  }

  List<RecordedSeries> series() {
    return series;
  }

  /** Returns the object. */
  public Owner owner() {
    return owner;
  }

  /** Returns whether the object was still there when the recorder last looked. */
  public boolean isPresent() {
    return series.stream().anyMatch(RecordedSeries::isOpen);
  }

  /** Returns the sources in the order of their columns, with units and texts. */
  public List<Description> descriptions() {
    return series.stream().map(each -> each.description).toList();
  }

  /** Returns the history of a source, or null where none is kept. */
  public History history(int source) {
    return series.get(source).history;
  }

  @Override
  public double lastUpdateSeconds() {
    double last = createdSeconds;
    for (RecordedSeries each : series) {
      last = Math.max(last, each.series.lastUpdateSeconds);
    }
    return last;
  }

  @Override
  public List<SourceDefinition> sources() {
    return Collections.unmodifiableList(sources);
  }

  @Override
  public List<ArchiveDefinition> archives() {
    return archives;
  }

  @Override
  public double cell(int archive, int row, int source) {
    return series.get(source).series.rowValue(archive, row);
  }

  @Override
  public double openRowValue(int archive, int source) {
    return series.get(source).series.value[archive];
  }

  @Override
  public int openRowUnknown(int archive, int source) {
    return series.get(source).series.unknown[archive];
  }

  @Override
  public String lastSample(int source) {
    RecordedSeries each = series.get(source);
    double last = each.lastSample();
    return Double.isNaN(last)
        ? "0.0"
        : each.description.integer() ? Long.toString((long) last) : NumberText.of(last);
  }

  @Override
  public double openPdpValue(int source) {
    return series.get(source).series.openValue;
  }

  @Override
  public double openPdpUnknownSeconds(int source) {
    return series.get(source).series.openUnknownSeconds;
  }

  @Override
  public double lastUpdateSeconds(int source) {
    return series.get(source).series.lastUpdateSeconds;
  }
}
