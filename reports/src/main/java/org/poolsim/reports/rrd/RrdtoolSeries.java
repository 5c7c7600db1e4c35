// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.util.Arrays;
import org.poolsim.engine.data.Description;

/**
 * The arithmetic of RRDtool 1.7.2: rates weighted by time, unknown stretches left out of the means,
 * 64-bit rows. Times are cut to microseconds, as there.
 */
final class RrdtoolSeries extends Series {
  private static final double STEP = ArchiveDefinition.STEP_SECONDS;

  private final double[] cells;

  RrdtoolSeries(SourceDefinition definition, Layout layout) {
    super(definition, layout);
    cells = new double[layout.cells];
    Arrays.fill(cells, Double.NaN);
    Arrays.fill(value, Double.NaN);
  }

  @Override
  double cell(int ring, int slot) {
    return cells[layout.offsets[ring] + slot];
  }

  @Override
  void createAt(double seconds) {
    long whole = (long) Math.floor(seconds);
    long steps = Math.floorDiv(whole, ArchiveDefinition.STEP_SECONDS);
    for (int i = 0; i < value.length; i++) {
      int into = (int) Math.floorMod(steps, (long) layout.pdps[i]);
      unknown[i] = into;
      left[i] = layout.pdps[i] - into;
    }
    openValue = 0;
    openUnknownSeconds = whole - steps * STEP;
    lastUpdateSeconds = seconds;
  }

  /** Returns a time in microseconds, cut as RRDtool cuts it. */
  private static long micros(double seconds) {
    double whole = Math.floor(seconds);
    return ((long) whole) * 1_000_000 + (long) ((seconds - whole) * 1e6);
  }

  @Override
  void update(double fromSeconds, double toSeconds, double sample, long integer) {
    long from = micros(fromSeconds);
    long to = micros(toSeconds);
    if (to <= from) {
      throw new IllegalArgumentException(
          "an update at " + toSeconds + " s is not later than the one at " + fromSeconds + " s");
    }
    double interval = (to - from) * 1e-6;
    double rate = rate(interval, sample, integer);
    keepSample(sample, integer);
    lastUpdateSeconds = toSeconds;

    long stepMicros = ArchiveDefinition.STEP_SECONDS * 1_000_000L;
    long steps = Math.floorDiv(to, stepMicros) - Math.floorDiv(from, stepMicros);
    if (steps == 0) {
      if (Double.isNaN(rate)) {
        openUnknownSeconds += Math.floor(interval);
      } else {
        openValue += rate * interval;
      }
      return;
    }
    double toBoundary = (stepMicros - Math.floorMod(from, stepMicros)) * 1e-6;
    double past = Math.floorMod(to, stepMicros) * 1e-6;
    long others = steps - 1;
    double wholeSeconds = Math.floor(toBoundary);
    if (steps == 1) {
      complete(1, pdp(rate, toBoundary, STEP));
    } else if (wholeSeconds == 0) {
      complete(steps, pdp(rate, toBoundary + STEP * others, STEP * steps));
    } else {
      double rest = STEP * others;
      complete(1, pdp(rate, wholeSeconds, STEP));
      complete(others, transformed(rate * (rest + toBoundary - wholeSeconds) / rest));
    }
    openPast(rate, past);
  }

  @Override
  void toRuns(int steps, double contribution) {
    double amount =
        definition.type() == Description.Type.GAUGE ? contribution * STEP : contribution;
    double rate = bounded(amount / STEP);
    layout.run(1, pdp(rate, STEP, STEP));
    openPast(rate, 0);
    if (steps > 1) {
      layout.run(steps - 1, pdp(rate, STEP, STEP));
    }
  }

  private double rate(double interval, double sample, long integer) {
    if (interval > definition.heartbeatSeconds()) {
      return Double.NaN;
    }
    double amount =
        switch (definition.type()) {
          case GAUGE -> sample * interval;
          case ABSOLUTE -> sample;
          case DERIVE ->
              // Decimal strings of opposite sign are not subtracted.
              definition.integer() && integer < 0 != lastInteger < 0
                  ? Double.NaN
                  : difference(sample, integer);
        };
    return bounded(amount / interval);
  }

  private double bounded(double rate) {
    return rate < min || rate > max ? Double.NaN : rate;
  }

  /** A PDP that the open one and {@code seconds} at a rate complete. */
  private double pdp(double rate, double seconds, double length) {
    if (openUnknownSeconds > STEP / 2) {
      return Double.NaN;
    }
    double known = length - openUnknownSeconds;
    double sum = openValue;
    if (Double.isNaN(rate)) {
      known -= seconds;
    } else {
      sum += rate * seconds;
    }
    return known > 0 ? transformed(sum / known) : Double.NaN;
  }

  private double transformed(double rate) {
    return definition.inverse() ? 1 - rate : rate;
  }

  private void openPast(double rate, double seconds) {
    if (Double.isNaN(rate)) {
      openUnknownSeconds = Math.floor(seconds);
      openValue = 0;
    } else {
      openUnknownSeconds = 0;
      openValue = rate * seconds;
    }
  }

  /** Several PDPs of one value, taken into the rows at once. */
  private void complete(long steps, double pdp) {
    for (int i = 0; i < value.length; i++) {
      long remaining = steps;
      if (remaining >= left[i]) {
        remaining -= left[i];
        merge(i, pdp, left[i]);
        finishRow(i);
        long whole = remaining / layout.pdps[i];
        for (long n = Math.min(whole, layout.rows[i]); n > 0; n--) {
          store(i, pdp);
        }
        remaining -= whole * layout.pdps[i];
      }
      merge(i, pdp, (int) remaining);
      left[i] -= (int) remaining;
    }
  }

  @Override
  void startRow(int i, double lastPdp) {
    value[i] = Double.NaN;
    unknown[i] = 0;
    left[i] = layout.pdps[i];
  }

  @Override
  void consolidate(int i, int firstRun, int usedOfFirst) {
    final int perRow = layout.pdps[i];
    int used = usedOfFirst;
    for (int run = firstRun; run < layout.runs; run++) {
      int remaining = layout.runLengths[run] - used;
      used = 0;
      double pdp = layout.runPdps[run];
      if (remaining >= left[i]) {
        remaining -= left[i];
        mergeSingly(i, pdp, left[i]);
        finishRow(i);
        int whole = remaining / perRow;
        if (whole > 0) {
          // Every further whole row starts alike and therefore ends alike.
          mergeSingly(i, pdp, perRow);
          double row = primary(i);
          finishRow(i);
          for (int n = Math.min(whole - 1, layout.rows[i]); n > 0; n--) {
            store(i, row);
          }
        }
        remaining -= whole * perRow;
      }
      mergeSingly(i, pdp, remaining);
      left[i] -= remaining;
    }
  }

  private void mergeSingly(int i, double pdp, int times) {
    if (layout.functions[i] == AVERAGE && !Double.isNaN(pdp) && times > 1) {
      value[i] = RepeatedAddition.add(Double.isNaN(value[i]) ? 0 : value[i], pdp, times);
    } else {
      merge(i, pdp, times);
    }
  }

  private void merge(int i, double pdp, int count) {
    if (count == 0) {
      return;
    }
    if (Double.isNaN(pdp)) {
      unknown[i] += count;
      return;
    }
    double open = value[i];
    if (Double.isNaN(open)) {
      value[i] = layout.functions[i] == AVERAGE ? pdp * count : pdp;
      return;
    }
    switch (layout.functions[i]) {
      case AVERAGE -> value[i] = open + pdp * count;
      case MIN -> value[i] = Math.min(open, pdp);
      case MAX -> value[i] = Math.max(open, pdp);
      default -> value[i] = pdp;
    }
  }

  private double primary(int i) {
    int perRow = layout.pdps[i];
    if (unknown[i] > layout.xffs[i] * perRow || unknown[i] == perRow) {
      return Double.NaN;
    }
    return layout.functions[i] == AVERAGE ? value[i] / (perRow - unknown[i]) : value[i];
  }

  private void finishRow(int i) {
    store(i, primary(i));
    startRow(i, Double.NaN);
  }

  private void store(int i, double row) {
    int slot = next[i];
    cells[layout.offsets[i] + slot] = row;
    next[i] = slot + 1 == layout.rows[i] ? 0 : slot + 1;
  }
}
