// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.math.BigDecimal;
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
    openValue = Double.NaN;
    openUnknownSeconds = whole - steps * STEP;
    lastUpdateSeconds = seconds;
  }

  /**
   * Returns a time in microseconds as RRDtool reads and cuts it: all digits as one integer, divided
   * by 10, 100, 10,000 ... for each bit of the number of decimals, and cut.
   */
  private static long micros(double seconds) {
    double whole = Math.floor(seconds);
    if (whole == seconds) {
      return ((long) whole) * 1_000_000;
    }
    BigDecimal decimal = BigDecimal.valueOf(seconds);
    double read = decimal.unscaledValue().doubleValue();
    double power = 10;
    for (int bits = decimal.scale(); bits > 0; bits >>= 1) {
      if ((bits & 1) != 0) {
        read /= power;
      }
      power *= power;
    }
    whole = Math.floor(read);
    return ((long) whole) * 1_000_000 + (long) ((read - whole) * 1e6);
  }

  @Override
  void update(double fromSeconds, double toSeconds, double sample, long integer) {
    long from = micros(fromSeconds);
    long to = micros(toSeconds);
    if (to <= from) {
      throw new IllegalArgumentException(
          "an update at " + toSeconds + " s is not later than the one at " + fromSeconds + " s");
    }
    double interval = (to - from) / 1e6;
    double rate = rate(interval, sample, integer);
    keepSample(sample, integer);
    lastUpdateSeconds = toSeconds;

    long stepMicros = ArchiveDefinition.STEP_SECONDS * 1_000_000L;
    long steps = Math.floorDiv(to, stepMicros) - Math.floorDiv(from, stepMicros);
    if (steps == 0) {
      if (Double.isNaN(rate)) {
        openUnknownSeconds += Math.floor(interval);
      } else {
        openValue = known(openValue) + rate * interval;
      }
      return;
    }
    double before = (Math.floorDiv(to, stepMicros) * stepMicros - from) / 1e6;
    double past = Math.floorMod(to, stepMicros) / 1e6;
    // Of several PDPs the first is closed alone, with the whole seconds that it lacks.
    long alone = steps > 1 ? (long) before % ArchiveDefinition.STEP_SECONDS : 0;
    if (alone > 0) {
      complete(1, pdp(rate, alone, STEP, alone));
      openPast(rate, 0);
      steps--;
    }
    complete(steps, pdp(rate, before - alone, STEP * steps, interval - alone));
    openPast(rate, past);
  }

  @Override
  void toRuns(int steps, double contribution) {
    boolean gauge = definition.type() == Description.Type.GAUGE;
    double rate = bounded(gauge ? contribution : contribution / STEP);
    layout.run(1, pdp(rate, STEP, STEP, STEP));
    openPast(rate, 0);
    if (steps > 1) {
      layout.run(steps - 1, pdp(rate, STEP, STEP, STEP));
    }
  }

  private double rate(double interval, double sample, long integer) {
    if (interval > definition.heartbeatSeconds()) {
      return Double.NaN;
    }
    return bounded(
        switch (definition.type()) {
          case GAUGE -> sample;
          case ABSOLUTE -> sample / interval;
          case DERIVE ->
              // Decimal strings of opposite sign are not subtracted.
              definition.integer() && integer < 0 != lastInteger < 0
                  ? Double.NaN
                  : difference(sample, integer) / interval;
        });
  }

  private double bounded(double rate) {
    return rate < min || rate > max ? Double.NaN : rate;
  }

  /**
   * A PDP, or several of one value, that the open one and {@code seconds} at a rate complete.
   * Unknown seconds are whole ones, those of this update exact: what is left of the length may be
   * little or less than nothing, and is divided by all the same.
   */
  private double pdp(double rate, double seconds, double length, double interval) {
    if (interval > definition.heartbeatSeconds() || openUnknownSeconds > STEP / 2) {
      return Double.NaN;
    }
    double known = length - openUnknownSeconds;
    return Double.isNaN(rate)
        ? transformed(openValue / (known - seconds))
        : transformed((known(openValue) + rate * seconds) / known);
  }

  private static double known(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  private double transformed(double rate) {
    return definition.inverse() ? 1 - rate : rate;
  }

  private void openPast(double rate, double seconds) {
    if (Double.isNaN(rate)) {
      openUnknownSeconds = Math.floor(seconds);
      openValue = Double.NaN;
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
        finishRow(i, pdp);
        long whole = remaining / layout.pdps[i];
        // No more rows than the archive has: the first of them stays.
        for (long n = Math.min(whole, layout.rows[i] - 1); n > 0; n--) {
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
    if (layout.pdps[i] > 1) {
      value[i] =
          switch (layout.functions[i]) {
            case AVERAGE -> 0;
            case MIN -> Double.POSITIVE_INFINITY;
            case MAX -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
          };
    }
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
        finishRow(i, pdp);
        int whole = remaining / perRow;
        if (whole > 0) {
          // Every further whole row starts alike and therefore ends alike.
          mergeSingly(i, pdp, perRow);
          double row = primary(i, pdp);
          finishRow(i, pdp);
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
    if (layout.functions[i] == AVERAGE && !Double.isNaN(pdp) && layout.pdps[i] > 1 && times > 1) {
      value[i] = RepeatedAddition.add(known(value[i]), pdp, times);
    } else {
      merge(i, pdp, times);
    }
  }

  private void merge(int i, double pdp, int count) {
    if (count == 0 || layout.pdps[i] == 1) {
      return; // a row of one PDP is that PDP
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

  /** The row that a PDP completes. */
  private double primary(int i, double lastPdp) {
    int perRow = layout.pdps[i];
    if (perRow == 1) {
      return lastPdp;
    }
    if (unknown[i] > layout.xffs[i] * perRow || unknown[i] == perRow) {
      return Double.NaN;
    }
    if (layout.functions[i] == LAST) {
      return lastPdp; // also where it is unknown
    }
    return layout.functions[i] == AVERAGE ? value[i] / (perRow - unknown[i]) : value[i];
  }

  private void finishRow(int i, double lastPdp) {
    store(i, primary(i, lastPdp));
    startRow(i, lastPdp);
  }

  private void store(int i, double row) {
    int slot = next[i];
    cells[layout.offsets[i] + slot] = row;
    next[i] = slot + 1 == layout.rows[i] ? 0 : slot + 1;
  }
}
