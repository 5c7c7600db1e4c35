// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.util.Arrays;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Counter;
import org.poolsim.engine.data.DataSource;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;

/**
 * One source as a recorder keeps it. Samples are due each 5 s and see the value as it was before
 * the changes of their own instant; they are taken together when the value is about to change.
 *
 * <p>Taking samples only writes down how many brought what: a change costs a few words of memory.
 * Many such notes together go into the archives at once ({@link #settle()}), which reads the memory
 * of the series once for all of them and computes no row that they overwrite themselves.
 */
final class RecordedSeries implements DataSource.Listener {
  static final long STEP_NANOS = ArchiveDefinition.STEP_SECONDS * 1_000_000_000L;

  /** Notes kept at first, for series that seldom change; then {@link #MOST_NOTES}. */
  private static final int FEW_NOTES = 4;

  private static final int MOST_NOTES = 96;

  final Series series;
  final Description description;
  final History history;

  private final Simulator simulator;
  private final long epochSeconds;
  private DataSource source;
  private boolean counter;
  private boolean sampled;

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

  /** Whether samples go into the archives at once, by {@link #complete}. */
  private boolean direct;

  private final boolean gauge;
  private final boolean derive;

  /** Samples taken and not yet in the archives: how many, and what each of them brought. */
  private int notes;

  private int[] notedSteps;
  private double[] notedContributions;

  RecordedSeries(
      Simulator simulator, RecorderOptions options, Series series, DataSource source, long opens) {
    this.simulator = simulator;
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
    // A total that is shown as a level climbs with every sample.
    counter = listened instanceof Counter && !gauge;
    sampled = !counter && !(listened instanceof Gauge);
    nextNanos = opens;
    opening = true;
    closed = false;
    listened.listen(this);
  }

  /** Takes up an object that had gone: as its archive pushed back to a host. */
  void resume(DataSource again, long opens) {
    previousKnown = false;
    resuming = true;
    listenTo(again, opens);
  }

  void close() {
    closed = true;
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

  @Override
  public void beforeChange(DataSource changing) {
    if (changing == source && !closed) {
      long now = simulator.nowNanos();
      if (now >= nextNanos) {
        catchUp(now);
      }
      changed = true;
    }
  }

  /** Takes the samples that are due up to and including an instant, into the archives. */
  void complete(long nowNanos) {
    settle();
    direct = true;
    catchUp(nowNanos);
    direct = false;
  }

  /** Brings the samples that have been taken into the archives. */
  void settle() {
    int count = notes;
    if (count > 0) {
      notes = 0;
      series.advance(count, notedSteps, notedContributions);
      if (history != null) {
        for (int i = 0; i < count; i++) {
          history.add(rate(notedContributions[i]), notedSteps[i]);
        }
      }
    }
  }

  /** Takes the samples that are due up to and including an instant. */
  void catchUp(long nowNanos) {
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
      settle();
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
    double value = source.value(nanos);
    return description.integer() && !counter ? Math.floor(value) : value;
  }

  private void countUp(int steps, long last) {
    Counter total = (Counter) source;
    double quiet = total.ratePerSecond() * ArchiveDefinition.STEP_SECONDS;
    // A new rate that began with the interval is known for all of it: nothing to subtract.
    boolean known = !changed || total.isSince(nextNanos - STEP_NANOS, previous);
    if (known && (previousKnown || !derive)) {
      advance(steps, quiet);
    } else {
      double first = known ? quiet : total.value(nextNanos) - previous;
      advance(1, derive && !previousKnown ? Double.NaN : first);
      if (steps > 1) {
        advance(steps - 1, quiet);
      }
    }
    previous = total.value(last);
  }

  private void advance(int steps, double contribution) {
    if (direct) {
      series.advance(steps, contribution);
      if (history != null) {
        history.add(rate(contribution), steps);
      }
      return;
    }
    if (notedSteps == null) {
      notedSteps = new int[FEW_NOTES];
      notedContributions = new double[FEW_NOTES];
    } else if (notes == notedSteps.length) {
      if (notes < MOST_NOTES) {
        notedSteps = Arrays.copyOf(notedSteps, MOST_NOTES);
        notedContributions = Arrays.copyOf(notedContributions, MOST_NOTES);
      } else {
        settle();
      }
    }
    notedSteps[notes] = steps;
    notedContributions[notes++] = contribution;
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
