// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Counter;
import org.poolsim.engine.data.DataSource;

/**
 * The courses that ended, of all series of a recorder, in the order in which they did.
 *
 * <p>A change writes four words here, one behind the other, and touches nothing else of its series.
 * When the log is full each series takes up its own entries in their order: the memory of a series
 * is fetched once for many changes.
 */
final class CourseLog {
  private static final int WORDS = 4;

  /** Entries for each series that changes, on average, before they are taken up. */
  private static final int ENTRIES_PER_SERIES = 24;

  private static final int FIRST_ENTRIES = 256;

  private final Simulator simulator;
  private final Notes notes = new Notes();
  private final List<RecordedSeries> series = new ArrayList<>();

  /** Series (high half) and sampling instant (low half), total or level, rate, since when. */
  private long[] words = new long[WORDS * FIRST_ENTRIES];

  private int entries;

  /** Series that have changed since they were there. */
  private int changing;

  /** Entries of each series while they are taken up; all zero otherwise. */
  private int[] counts = new int[16];

  private int[] touched = new int[16];
  private int[] sorted = new int[FIRST_ENTRIES];

  CourseLog(Simulator simulator) {
    this.simulator = simulator;
  }

  /** Gives a series its number. */
  int add(RecordedSeries added) {
    series.add(added);
    return series.size() - 1;
  }

  Notes notes() {
    return notes;
  }

  /** Notes that a source followed its present course up to now. */
  private void note(int number, long sample, DataSource source) {
    int at = next();
    long[] to = words;
    to[at] = (long) number << 32 | sample;
    if (source instanceof Counter counter) {
      to[at + 1] = Double.doubleToRawLongBits(counter.totalAtChange());
      to[at + 2] = Double.doubleToRawLongBits(counter.ratePerSecond());
      to[at + 3] = counter.sinceNanos();
    } else {
      to[at + 1] = Double.doubleToRawLongBits(source.value(simulator.nowNanos()));
      to[at + 2] = 0;
      to[at + 3] = 0;
    }
  }

  private int next() {
    if (entries * WORDS == words.length) {
      grow();
    }
    return WORDS * entries++;
  }

  private void grow() {
    int most = ENTRIES_PER_SERIES * changing;
    if (entries < most) {
      words = Arrays.copyOf(words, WORDS * Math.min(2 * entries, most));
    } else {
      takeUp();
    }
  }

  /** Lets every series take up its entries. */
  void takeUp() {
    if (entries == 0) {
      return;
    }
    if (counts.length < series.size()) {
      int length = Math.max(series.size(), 2 * counts.length);
      counts = new int[length];
      touched = new int[length];
    }
    if (sorted.length < entries) {
      sorted = new int[words.length / WORDS];
    }
    int touchedCount = 0;
    for (int entry = 0; entry < entries; entry++) {
      int number = (int) (words[WORDS * entry] >>> 32);
      if (counts[number]++ == 0) {
        touched[touchedCount++] = number;
      }
    }
    int from = 0;
    for (int i = 0; i < touchedCount; i++) {
      int count = counts[touched[i]];
      counts[touched[i]] = from;
      from += count;
    }
    for (int entry = 0; entry < entries; entry++) {
      sorted[counts[(int) (words[WORDS * entry] >>> 32)]++] = WORDS * entry;
    }
    entries = 0;
    from = 0;
    for (int i = 0; i < touchedCount; i++) {
      int number = touched[i];
      int to = counts[number];
      counts[number] = 0;
      series.get(number).takeUp(words, sorted, from, to);
      from = to;
    }
  }

  /** Who hears of the changes of one source on behalf of a series. */
  static final class Tap implements DataSource.Listener {
    private final CourseLog log;
    private final int number;

    /** Changes before this instant follow another one in the same sampling interval. */
    private long nextNanos;

    private boolean changes;

    Tap(CourseLog log, int number) {
      this.log = log;
      this.number = number;
    }

    @Override
    public void beforeChange(DataSource source) {
      long nowNanos = log.simulator.nowNanos();
      if (nowNanos >= nextNanos) {
        long sample = nowNanos / RecordedSeries.STEP_NANOS;
        if (!changes) {
          changes = true;
          log.changing++;
        }
        log.note(number, sample, source);
        nextNanos = (sample + 1) * RecordedSeries.STEP_NANOS;
      }
    }

    /** Takes a sample of a source that is read. */
    void sample(DataSource source) {
      if (!changes) {
        changes = true;
        log.changing++;
      }
      log.note(number, log.simulator.nowNanos() / RecordedSeries.STEP_NANOS, source);
    }

    /** The samples up to now have been taken: the next change counts again. */
    void expect() {
      if (nextNanos != Long.MAX_VALUE) {
        nextNanos = 0;
      }
    }

    /** The series listens to this source no more. */
    void close() {
      nextNanos = Long.MAX_VALUE;
    }
  }

  /** Samples on their way into the archives of one series: how many brought what each. */
  static final class Notes {
    int count;
    int[] steps = new int[4 * ENTRIES_PER_SERIES];
    double[] contributions = new double[4 * ENTRIES_PER_SERIES];

    void add(int steps, double contribution) {
      if (count == this.steps.length) {
        this.steps = Arrays.copyOf(this.steps, 2 * count);
        contributions = Arrays.copyOf(contributions, 2 * count);
      }
      this.steps[count] = steps;
      contributions[count++] = contribution;
    }
  }
}
