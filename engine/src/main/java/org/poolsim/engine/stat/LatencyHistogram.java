// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.stat;

import org.HdrHistogram.Histogram;

/**
 * Latencies in nanoseconds, with quantiles of a stated relative precision in constant space
 * (HdrHistogram). Recording takes a few nanoseconds and allocates nothing. Not thread safe.
 *
 * <p>A latency above the range is recorded at its top and counted in {@link #beyondRange()}; one
 * below it keeps its order but not its precision. {@link #mean()} is exact.
 */
public final class LatencyHistogram {
  private static final long MICROSECOND = 1_000;
  private static final long HOUR = 3_600_000_000_000L;

  private final Histogram histogram;
  private final Tally tally = new Tally();
  private long beyondRange;

  /** Covers 1 microsecond to 1 hour to 3 significant digits, in about 200 KiB. */
  public LatencyHistogram() {
    this(MICROSECOND, HOUR, 3);
  }

  /**
   * Covers a range to a precision.
   *
   * @param lowestNanos the smallest latency to tell from zero, at least 1
   * @param highestNanos the largest, at least twice the smallest
   * @param significantDigits decimal digits kept, 1 to 5; each further one takes ten times the
   *     space
   */
  public LatencyHistogram(long lowestNanos, long highestNanos, int significantDigits) {
    histogram = new Histogram(lowestNanos, highestNanos, significantDigits);
  }

  /** Records a latency, not negative. */
  public void record(long nanos) {
    if (nanos > histogram.getHighestTrackableValue()) {
      beyondRange++;
      histogram.recordValue(histogram.getHighestTrackableValue());
    } else {
      histogram.recordValue(nanos);
    }
    tally.add((double) nanos);
  }

  /** Adds what another histogram recorded; out of this one's range it is recorded at its top. */
  public void merge(LatencyHistogram other) {
    long highest = histogram.getHighestTrackableValue();
    if (other.histogram.getMaxValue() <= highest) {
      histogram.add(other.histogram);
      beyondRange += other.beyondRange;
    } else {
      other
          .histogram
          .recordedValues()
          .forEach(
              step ->
                  histogram.recordValueWithCount(
                      Math.min(highest, step.getValueIteratedTo()),
                      step.getCountAddedInThisIterationStep()));
      beyondRange += other.histogram.getTotalCount();
      beyondRange -= other.histogram.getCountBetweenValues(0, highest);
    }
    tally.merge(other.tally);
  }

  /** Forgets everything. */
  public void reset() {
    histogram.reset();
    tally.reset();
    beyondRange = 0;
  }

  /** Returns the number of latencies recorded. */
  public long count() {
    return tally.count();
  }

  /** Returns the number of latencies above the range. */
  public long beyondRange() {
    return beyondRange;
  }

  /** Returns the mean in nanoseconds, exact; not a number if nothing was recorded. */
  public double mean() {
    return tally.mean();
  }

  /** Returns the standard deviation in nanoseconds, exact. */
  public double standardDeviation() {
    return tally.standardDeviation();
  }

  /** Returns the largest latency in nanoseconds, exact; 0 if nothing was recorded. */
  public long maxNanos() {
    return tally.count() == 0 ? 0 : (long) tally.max();
  }

  /** Returns the smallest latency in nanoseconds, exact; 0 if nothing was recorded. */
  public long minNanos() {
    return tally.count() == 0 ? 0 : (long) tally.min();
  }

  /**
   * Returns the latency that {@code percent} of the recorded ones do not exceed, to the stated
   * precision; 0 if nothing was recorded.
   *
   * @param percent from 0 to 100
   */
  public long percentileNanos(double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("a percentile lies between 0 and 100, not " + percent);
    }
    return histogram.getValueAtPercentile(percent);
  }

  /** Returns the decimal digits kept. */
  public int significantDigits() {
    return histogram.getNumberOfSignificantValueDigits();
  }

  /** Returns a copy in the library's own type, for its log format and iterators. */
  public Histogram toHistogram() {
    return histogram.copy();
  }
}
