// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.util.Arrays;
import java.util.List;

/**
 * One source's column in all archives of a database: the open PDP, the open rows and the rings. The
 * arithmetic is a subclass's.
 */
public abstract sealed class Series permits XapiSeries, RrdtoolSeries {
  /** One code per archive: a consolidation function. */
  static final int AVERAGE = 0;

  static final int MIN = 1;
  static final int MAX = 2;
  static final int LAST = 3;

  final SourceDefinition definition;
  final double min;
  final double max;
  final Layout layout;

  /** Value of each open row. */
  final double[] value;

  /** Unknown PDPs of each open row. */
  final int[] unknown;

  /** PDPs that each open row still waits for. */
  final int[] left;

  /** Slot of each ring that the next row takes. */
  final int[] next;

  double lastSample = Double.NaN;
  long lastInteger;
  double openValue;
  double openUnknownSeconds;
  double lastUpdateSeconds;

  Series(SourceDefinition definition, Layout layout) {
    this.definition = definition;
    this.min = definition.min();
    this.max = definition.max();
    this.layout = layout;
    int archives = layout.functions.length;
    value = new double[archives];
    unknown = new int[archives];
    left = layout.pdps.clone();
    next = new int[archives];
  }

  /** Creates an empty series in a mode's arithmetic. */
  static Series create(Mode mode, SourceDefinition definition, Layout layout) {
    return mode == Mode.XAPI
        ? new XapiSeries(definition, layout)
        : new RrdtoolSeries(definition, layout);
  }

  /** Starts the series at an instant, all unknown before. */
  abstract void createAt(double seconds);

  /**
   * One sample.
   *
   * @param fromSeconds the time of the previous update
   * @param toSeconds the time of this one
   * @param sample the raw value, NaN for unknown
   * @param integer the same in 64 bits, for integer sources
   */
  abstract void update(double fromSeconds, double toSeconds, double sample, long integer);

  /**
   * The same as {@code steps} samples, each exactly 5 s and one PDP behind the other, that all
   * bring the same contribution: the value of a gauge, the amount of the interval for ABSOLUTE, the
   * difference for DERIVE; NaN for unknown. The last sample itself is not kept.
   */
  final void advance(int steps, double contribution) {
    layout.runs = 0;
    toRuns(steps, contribution);
    lastUpdateSeconds += (double) steps * ArchiveDefinition.STEP_SECONDS;
    consolidate();
  }

  /**
   * The same as {@link #advance(int, double)} with each of the first {@code count} entries, to the
   * same cells. Rows that these entries themselves would overwrite again are not computed.
   */
  final void advance(int count, int[] steps, double[] contributions) {
    layout.runs = 0;
    long sum = 0;
    for (int i = 0; i < count; i++) {
      toRuns(steps[i], contributions[i]);
      sum += steps[i];
    }
    lastUpdateSeconds += (double) sum * ArchiveDefinition.STEP_SECONDS;
    consolidate();
  }

  /** Turns equal samples into runs of equal PDPs, by {@link Layout#run}. */
  abstract void toRuns(int steps, double contribution);

  /** Takes the runs of PDPs into one archive, from a PDP of a run on. */
  abstract void consolidate(int archive, int firstRun, int used);

  /** Sets an archive as if a row had just ended with a PDP. */
  abstract void startRow(int archive, double lastPdp);

  private void consolidate() {
    Layout to = layout;
    int count = to.runs;
    long total = 0;
    for (int run = 0; run < count; run++) {
      total += to.runLengths[run];
    }
    for (int archive = 0; archive < value.length; archive++) {
      int run = 0;
      int used = 0;
      int perRow = to.pdps[archive];
      int rows = to.rows[archive];
      long wait = left[archive];
      // A row depends on its own PDPs and on the last one before it, so that rows which would be
      // overwritten by what follows can be left out.
      long skipped = total < wait ? 0 : (total - wait) / perRow + 1 - rows;
      if (skipped > 0) {
        long gone = wait + (skipped - 1) * perRow;
        while (gone > to.runLengths[run]) {
          gone -= to.runLengths[run++];
        }
        used = (int) gone;
        next[archive] = (int) ((next[archive] + skipped) % rows);
        skipRows(archive, (int) Math.min(rows, skipped));
        left[archive] = perRow;
        startRow(archive, to.runPdps[run]);
      }
      consolidate(archive, run, used);
    }
  }

  abstract double cell(int ring, int slot);

  /** Slots of an archive are left out: others follow that are going to overwrite them. */
  void skipRows(int archive, int slots) {}

  final int slot(int archive, int row) {
    int rows = layout.rows[archive];
    int slot = next[archive] + row;
    return slot >= rows ? slot - rows : slot;
  }

  /** Returns a cell, row 0 the oldest. */
  final double rowValue(int archive, int row) {
    return cell(archive, slot(archive, row));
  }

  /** Returns the raw difference that a DERIVE source made since the previous sample, or NaN. */
  final double difference(double sample, long integer) {
    if (Double.isNaN(sample) || Double.isNaN(lastSample)) {
      return Double.NaN;
    }
    return definition.integer() ? (double) (integer - lastInteger) : sample - lastSample;
  }

  final void keepSample(double sample, long integer) {
    lastSample = sample;
    lastInteger = integer;
  }

  /** The archives of a database in flat arrays, shared by all its series. */
  static final class Layout {
    final int[] functions;
    final int[] rows;
    final int[] pdps;
    final double[] xffs;

    /** Unknown PDPs that a known row may hold, in xapi's arithmetic. */
    final int[] unknownMax;

    final int[] offsets;
    final int cells;

    /** Runs of equal PDPs on their way into the archives of one series. */
    int runs;

    double[] runPdps = new double[16];
    int[] runLengths = new int[16];

    Layout(List<ArchiveDefinition> archives) {
      int count = archives.size();
      functions = new int[count];
      rows = new int[count];
      pdps = new int[count];
      xffs = new double[count];
      unknownMax = new int[count];
      offsets = new int[count];
      int offset = 0;
      for (int i = 0; i < count; i++) {
        ArchiveDefinition archive = archives.get(i);
        functions[i] = code(archive.function());
        rows[i] = archive.rows();
        pdps[i] = archive.pdpPerRow();
        xffs[i] = archive.xff();
        unknownMax[i] = (int) (archive.xff() * archive.pdpPerRow());
        offsets[i] = offset;
        offset += archive.rows();
      }
      cells = offset;
    }

    /** Adds PDPs of one value to the runs. */
    void run(int length, double pdp) {
      if (runs > 0
          && Double.doubleToRawLongBits(runPdps[runs - 1]) == Double.doubleToRawLongBits(pdp)) {
        runLengths[runs - 1] += length;
        return;
      }
      if (runs == runPdps.length) {
        runPdps = Arrays.copyOf(runPdps, 2 * runs);
        runLengths = Arrays.copyOf(runLengths, 2 * runs);
      }
      runPdps[runs] = pdp;
      runLengths[runs++] = length;
    }

    private static int code(ConsolidationFunction function) {
      return switch (function) {
        case AVERAGE -> Series.AVERAGE;
        case MIN -> Series.MIN;
        case MAX -> Series.MAX;
        case LAST -> Series.LAST;
      };
    }
  }
}
