// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import org.poolsim.engine.data.Counter;
import org.poolsim.engine.data.DataSource;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;

/**
 * One source as a recorder keeps it. Samples are due each 5 s and see the value as it was before
 * the changes of their own instant. They are taken when the series takes up what the log holds of
 * it, many at a time, and then go into the archives together: rows that they overwrite themselves
 * are not computed.
 */
final class RecordedSeries {
  static final long STEP_NANOS = ArchiveDefinition.STEP_SECONDS * 1_000_000_000L;

  final Series series;
  final Description description;
  final History history;

  private final CourseLog log;
  private final int number;
  private final long epochSeconds;
  private final boolean gauge;
  private final boolean derive;
  private DataSource source;
  private CourseLog.Tap tap;

  /** Whether differences of a running total are what is recorded. */
  private boolean counter;

  /** Whether the source is a total, with a rate. */
  private boolean climbs;

  private boolean sampled;

  /** The course that the samples are taken of: level, or total, rate and since when. */
  private double level;

  private double ratePerSecond;
  private long sinceNanos;

  /** The instant of the next sample. */
  private long nextNanos;

  /** Whether the next sample only opens the series. */
  private boolean opening;

  /** Whether the course has changed since the last sample. */
  private boolean changed;

  /** Whether a previous raw value is there to subtract. */
  private boolean previousKnown;

  /** The raw value at the last sample. */
  private double previous = Double.NaN;

  private boolean closed;
  private boolean resuming;

  RecordedSeries(
      CourseLog log, RecorderOptions options, Series series, DataSource source, long opens) {
    this.log = log;
    this.number = log.add(this);
    this.epochSeconds = options.epochSeconds();
    this.series = series;
    this.description = source.description();
    this.history =
        options.historyStepSeconds() == 0
            ? null
            : new History(
                options.historyStepSeconds() / ArchiveDefinition.STEP_SECONDS, opens / STEP_NANOS);
    series.createAt(date(opens));
    gauge = description.type() == Description.Type.GAUGE;
    derive = description.type() == Description.Type.DERIVE;
    listenTo(source, opens);
  }

  private void listenTo(DataSource listened, long opens) {
    source = listened;
    climbs = listened instanceof Counter;
    // A total that is shown as a level climbs with every sample.
    counter = climbs && !gauge;
    sampled = !counter && !(listened instanceof Gauge);
    nextNanos = opens;
    opening = true;
    closed = false;
    tap = new CourseLog.Tap(log, number);
    listened.listen(tap);
  }

  /** Takes up an object that had gone: as its archive pushed back to a host. */
  void resume(DataSource again, long opens) {
    previousKnown = false;
    resuming = true;
    listenTo(again, opens);
  }

  void close() {
    closed = true;
    tap.close();
  }

  boolean isOpen() {
    return !closed;
  }

  boolean isSampled() {
    return sampled;
  }

  double lastSample() {
    return previous;
  }

  /** Has the log take a sample of a source that is read. */
  void sample() {
    tap.sample(source);
  }

  /** Takes up this series' entries of the log: courses that ended, in their order. */
  void takeUp(long[] words, int[] at, int from, int to) {
    for (int i = from; i < to; i++) {
      int entry = at[i];
      level = Double.longBitsToDouble(words[entry + 1]);
      ratePerSecond = Double.longBitsToDouble(words[entry + 2]);
      sinceNanos = words[entry + 3];
      catchUp((words[entry] & 0xFFFF_FFFFL) * STEP_NANOS);
      changed = true;
    }
    settle();
  }

  /** Takes the samples that are due up to and including now; the log must be empty. */
  void complete(long nowNanos) {
    if (nowNanos >= nextNanos && !closed) {
      if (source instanceof Counter total) {
        level = total.totalAtChange();
        ratePerSecond = total.ratePerSecond();
        sinceNanos = total.sinceNanos();
      } else {
        level = source.value(nowNanos);
      }
      catchUp(nowNanos);
      settle();
    }
    tap.expect();
  }

  private void settle() {
    CourseLog.Notes notes = log.notes();
    int count = notes.count;
    if (count == 0) {
      return;
    }
    notes.count = 0;
    series.advance(count, notes.steps, notes.contributions);
    if (history != null) {
      for (int i = 0; i < count; i++) {
        history.add(rate(notes.contributions[i]), notes.steps[i]);
      }
    }
  }

  private void catchUp(long nowNanos) {
    if (nowNanos < nextNanos || closed) {
      return;
    }
    if (opening) {
      open();
      if (nowNanos < nextNanos) {
        return;
      }
    }
    long last = nextNanos;
    int steps = 1;
    if (nowNanos >= nextNanos + STEP_NANOS) {
      steps += (int) ((nowNanos - nextNanos) / STEP_NANOS);
      last += (steps - 1) * STEP_NANOS;
    }
    if (counter) {
      countUp(steps, last);
    } else {
      double value = reading(last);
      if (derive) {
        advance(1, previousKnown ? value - previous : Double.NaN);
        if (steps > 1) {
          advance(steps - 1, Double.isNaN(value) ? Double.NaN : 0);
        }
      } else {
        advance(steps, value);
      }
      previous = value;
    }
    previousKnown = true;
    changed = false;
    nextNanos = last + STEP_NANOS;
  }

  private void open() {
    double value = reading(nextNanos);
    if (resuming) {
      double now = date(nextNanos);
      int gap = (int) ((now - series.lastUpdateSeconds) / ArchiveDefinition.STEP_SECONDS);
      if (gap > 0) {
        series.lastSample = Double.NaN;
        series.update(series.lastUpdateSeconds, now, value, (long) value);
        if (history != null) {
          history.add(Double.NaN, gap);
        }
      }
      resuming = false;
      previousKnown = true;
    }
    previous = value;
    opening = false;
    changed = false;
    nextNanos += STEP_NANOS;
  }

  private double date(long nanos) {
    return (double) (epochSeconds + nanos / STEP_NANOS * ArchiveDefinition.STEP_SECONDS);
  }

  private double reading(long nanos) {
    double value = climbs ? Counter.value(level, ratePerSecond, sinceNanos, nanos) : level;
    return description.integer() && !counter ? Math.floor(value) : value;
  }

  private void countUp(int steps, long last) {
    double quiet = ratePerSecond * ArchiveDefinition.STEP_SECONDS;
    // A rate that began with the interval is known for all of it: nothing to subtract.
    boolean known = !changed || (sinceNanos == nextNanos - STEP_NANOS && level == previous);
    if (known && (previousKnown || !derive)) {
      advance(steps, quiet);
    } else {
      double first = known ? quiet : reading(nextNanos) - previous;
      advance(1, derive && !previousKnown ? Double.NaN : first);
      if (steps > 1) {
        advance(steps - 1, quiet);
      }
    }
    previous = reading(last);
  }

  private void advance(int steps, double contribution) {
    log.notes().add(steps, contribution);
  }

  private double rate(double contribution) {
    double rate = gauge ? contribution : contribution / ArchiveDefinition.STEP_SECONDS;
    double shown = description.inverse() ? 1 - rate : rate;
    if (shown > description.max() && shown < 1.05 * description.max()) {
      return description.max();
    }
    return shown < description.min() || shown > description.max() ? Double.NaN : shown;
  }
}
