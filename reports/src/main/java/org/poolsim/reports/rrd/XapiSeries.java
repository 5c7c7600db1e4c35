// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import org.poolsim.engine.data.Description;

/**
 * The arithmetic of xapi's own RRD library (v26.17, rrd.ml and rrd_fring.ml), with all that
 * distinguishes it from RRDtool; the numbers D1 to D14 in the comments are those of
 * docs/outputs.md. Rows are 32-bit floats (D12).
 */
final class XapiSeries extends Series {
  private final FloatRings rings;
  private final Description.Type type;
  private final boolean derive;
  private final boolean inverse;

  /** D1, D6: what an open row starts from, by function; within the bounds. */
  private final double averageStart;

  private final double minStart;
  private final double maxStart;

  XapiSeries(SourceDefinition definition, Layout layout) {
    super(definition, layout);
    type = definition.type();
    derive = type == Description.Type.DERIVE;
    inverse = definition.inverse();
    averageStart = Math.min(max, Math.max(min, 0));
    minStart = Math.max(min, max);
    maxStart = Math.min(max, min);
    rings = new FloatRings(layout);
    for (int i = 0; i < value.length; i++) {
      value[i] = initial(layout.functions[i]);
    }
  }

  @Override
  double cell(int ring, int slot) {
    return rings.get(ring, slot, next[ring]);
  }

  @Override
  void skipRows(int archive, int slots) {
    rings.skip(archive, slots);
  }

  @Override
  void createAt(double seconds) {
    long steps = (long) Math.floor(seconds / ArchiveDefinition.STEP_SECONDS);
    complete(steps, Double.NaN);
    openValue = 0;
    openUnknownSeconds = seconds - (double) steps * ArchiveDefinition.STEP_SECONDS;
    lastUpdateSeconds = seconds;
  }

  @Override
  void update(double fromSeconds, double toSeconds, double sample, long integer) {
    final double step = ArchiveDefinition.STEP_SECONDS;
    double interval = toSeconds - fromSeconds;
    if (interval < 0) {
      interval = step; // D13: the clock went back
    }
    long before = (long) fromSeconds / ArchiveDefinition.STEP_SECONDS;
    long after = (long) toSeconds / ArchiveDefinition.STEP_SECONDS;
    long steps = after - before;
    double age = toSeconds - (double) after * step;
    double pre = steps > 0 ? interval - age : interval;
    double post = steps > 0 ? age : 0;
    boolean silent = interval > definition.heartbeatSeconds();

    double contribution;
    if (silent) {
      contribution = Double.NaN; // D9: the raw value is not refreshed
    } else {
      contribution =
          switch (definition.type()) {
            case GAUGE -> sample;
            case ABSOLUTE -> sample / interval;
            case DERIVE -> difference(sample, integer);
          };
      keepSample(sample, integer);
    }
    if (Double.isNaN(contribution)) {
      openUnknownSeconds = pre;
    } else if (derive) {
      openValue += pre * contribution / interval;
    } else {
      openValue = contribution; // D7: the latest sample, not weighted by time
    }
    lastUpdateSeconds = toSeconds;
    if (steps <= 0) {
      if (steps < 0) {
        stepBackTo(after);
      }
      return;
    }
    double pdp;
    if (silent) {
      pdp = Double.NaN;
    } else if (derive) {
      // D8; both times go through a division and a multiplication, which moves some of them by a
      // bit
      double span = step * (toSeconds / step) - step * (fromSeconds / step);
      pdp = openValue / (span - openUnknownSeconds);
    } else {
      pdp = openValue; // D2: an unknown sample leaves the previous value
    }
    complete(steps, valid(pdp));
    if (Double.isNaN(contribution)) {
      openValue = 0;
      openUnknownSeconds = post;
    } else {
      openUnknownSeconds = 0;
      openValue = derive ? post * contribution / interval : contribution;
    }
  }

  /** D13: rows end where the clock says, whatever they have seen already. */
  private void stepBackTo(long steps) {
    for (int i = 0; i < left.length; i++) {
      left[i] = layout.pdps[i] - (int) (steps % layout.pdps[i]);
    }
  }

  @Override
  void toRuns(int steps, double contribution) {
    final double step = ArchiveDefinition.STEP_SECONDS;
    switch (type) {
      case DERIVE -> {
        if (openUnknownSeconds == 0
            && openValue == 0
            && contribution != 0
            && Double.isFinite(contribution)) {
          // Nothing is open: all are alike
          layout.run(steps, valid(step * contribution / step / step));
          openValue = 0 * contribution / step;
        } else if (Double.isNaN(contribution)) {
          // The first unknown step divides what the open PDP holds by nothing.
          layout.run(1, valid(openValue / 0.0));
          openValue = 0;
          if (steps > 1) {
            layout.run(steps - 1, Double.NaN);
          }
          openUnknownSeconds = 0;
        } else {
          double known = step - openUnknownSeconds;
          double pdp = (openValue + step * contribution / step) / known;
          layout.run(1, valid(pdp));
          openValue = 0 * contribution / step;
          openUnknownSeconds = 0;
          if (steps > 1) {
            pdp = (openValue + step * contribution / step) / step;
            layout.run(steps - 1, valid(pdp));
          }
        }
      }
      case GAUGE, ABSOLUTE -> {
        if (Double.isNaN(contribution)) {
          layout.run(1, valid(openValue));
          openValue = 0;
          if (steps > 1) {
            layout.run(steps - 1, valid(0));
          }
        } else {
          openValue = type == Description.Type.GAUGE ? contribution : contribution / step;
          layout.run(steps, valid(openValue));
        }
        openUnknownSeconds = 0;
      }
      default -> throw new IllegalStateException("no such type: " + type);
    }
  }

  /** The transform, the 5 % clamp of derived rates (D10) and the bounds. */
  private double valid(double rate) {
    double pdp = inverse ? 1 - rate : rate;
    if (derive && pdp > max && pdp < 1.05 * max) {
      return max;
    }
    return pdp < min || pdp > max ? Double.NaN : pdp;
  }

  /** Several PDPs completed by one update: all of the same value (D11). */
  private void complete(long steps, double pdp) {
    for (int i = 0; i < value.length; i++) {
      int perRow = layout.pdps[i];
      long toEnd = left[i];
      merge(i, pdp, (int) Math.min(toEnd, steps));
      if (steps < toEnd) {
        left[i] = (int) (toEnd - steps);
        continue;
      }
      push(i, primary(i));
      int row = layout.rows[i];
      long more = Math.min((steps - toEnd) / perRow, row);
      if (more > 0) {
        push(i, pdp);
        repeatRow(i, (int) more - 1);
      }
      unknown[i] = 0;
      value[i] = initial(layout.functions[i]);
      int rest = (int) ((steps - toEnd) % perRow);
      merge(i, pdp, rest);
      left[i] = perRow - rest;
    }
  }

  @Override
  void startRow(int i, double lastPdp) {
    unknown[i] = 0;
    value[i] = initial(layout.functions[i]);
    // D5: the last PDP of a row also counts for the next one's extremes.
    merge(i, lastPdp, 0);
  }

  @Override
  void consolidate(int i, int firstRun, int usedOfFirst) {
    final double[] pdps = layout.runPdps;
    final int[] lengths = layout.runLengths;
    final int count = layout.runs;
    final int function = layout.functions[i];
    final int perRow = layout.pdps[i];
    int used = usedOfFirst;
    double open = value[i];
    int wait = left[i];
    for (int run = firstRun; run < count; run++) {
      int length = lengths[run] - used;
      used = 0;
      double pdp = pdps[run];
      if (length > wait || Double.isNaN(pdp)) {
        value[i] = open;
        left[i] = wait;
        takeRun(i, pdp, length);
        open = value[i];
        wait = left[i];
        continue;
      }
      open = merged(function, open, pdp, perRow, length);
      wait -= length;
      if (wait == 0) {
        push(i, unknown[i] <= layout.unknownMax[i] ? open : Double.NaN);
        unknown[i] = 0;
        wait = perRow;
        // D5: the last PDP of a row also counts for the next one's extremes.
        open =
            switch (function) {
              case AVERAGE -> averageStart + pdp * 0 / perRow;
              case MIN -> Math.min(minStart, pdp);
              case MAX -> Math.max(maxStart, pdp);
              default -> pdp;
            };
      }
    }
    value[i] = open;
    left[i] = wait;
  }

  private static double merged(int function, double open, double pdp, int perRow, int times) {
    return switch (function) {
      case AVERAGE ->
          times == 1 ? open + pdp / perRow : RepeatedAddition.add(open, pdp / perRow, times);
      case MIN -> Math.min(open, pdp);
      case MAX -> Math.max(open, pdp);
      default -> pdp;
    };
  }

  /** A run that ends rows, or an unknown one. */
  private void takeRun(int i, double pdp, int length) {
    final int perRow = layout.pdps[i];
    int remaining = length;
    int wait = left[i];
    if (remaining >= wait) {
      if (wait < perRow || !startsLike(i, pdp)) {
        finishRow(i, pdp, wait);
        remaining -= wait;
        wait = perRow;
      }
      if (remaining >= perRow) {
        // Every further whole row starts alike and therefore ends alike.
        int whole = remaining / perRow;
        finishRow(i, pdp, perRow);
        remaining -= whole * perRow;
        repeatRow(i, whole - 1);
      }
    }
    mergeSingly(i, pdp, remaining);
    left[i] = wait - remaining;
  }

  /** Whether an archive stands as if a row had just ended with a PDP. */
  private boolean startsLike(int i, double pdp) {
    return layout.functions[i] == AVERAGE
        && unknown[i] == 0
        && value[i] == averageStart + pdp * 0 / layout.pdps[i];
  }

  private void finishRow(int i, double pdp, int steps) {
    mergeSingly(i, pdp, steps);
    push(i, primary(i));
    startRow(i, pdp);
  }

  /** Writes the newest row again. */
  private void repeatRow(int i, int times) {
    if (times > 0) {
      rings.again(i, next[i], times);
      next[i] = (next[i] + times) % layout.rows[i];
    }
  }

  private double primary(int i) {
    return unknown[i] <= layout.unknownMax[i] ? value[i] : Double.NaN;
  }

  private void mergeSingly(int i, double pdp, int times) {
    if (times == 0) {
      return;
    }
    if (Double.isNaN(pdp)) {
      for (int n = 0; n < times; n++) {
        merge(i, pdp, 1);
        if (unknown[i] >= layout.pdps[i] - 1 || value[i] == 0 || Double.isInfinite(value[i])) {
          // Nothing left to rescale: only the count goes on.
          unknown[i] =
              Math.max(unknown[i], Math.min(layout.pdps[i] - 1, unknown[i] + times - n - 1));
          return;
        }
      }
    } else if (layout.functions[i] == AVERAGE) {
      value[i] = RepeatedAddition.add(value[i], pdp / layout.pdps[i], times);
    } else {
      merge(i, pdp, 1);
    }
  }

  /** D4: what came before an unknown stretch is scaled up, what follows it keeps its weight. */
  private void merge(int i, double pdp, int count) {
    int perRow = layout.pdps[i];
    if (Double.isNaN(pdp)) {
      int known = perRow - unknown[i];
      int newDivisor = known - count;
      if (newDivisor > 0) {
        value[i] = value[i] * known / newDivisor;
        unknown[i] += count;
      }
      return;
    }
    switch (layout.functions[i]) {
      case AVERAGE -> value[i] += pdp * count / perRow;
      case MIN -> value[i] = Math.min(value[i], pdp);
      case MAX -> value[i] = Math.max(value[i], pdp);
      default -> value[i] = pdp;
    }
  }

  private double initial(int function) {
    return switch (function) {
      case AVERAGE -> averageStart;
      case MIN -> minStart;
      case MAX -> maxStart;
      default -> Double.NaN;
    };
  }

  private void push(int i, double row) {
    store(i, row < min || row > max ? Float.NaN : (float) row);
  }

  private void store(int i, float row) {
    int slot = next[i];
    rings.put(i, slot, row);
    next[i] = slot + 1 == layout.rows[i] ? 0 : slot + 1;
  }
}
