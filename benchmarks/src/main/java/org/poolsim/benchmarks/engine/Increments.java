// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.engine;

import java.util.Arrays;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

/** Laws of the time from an event to its next occurrence, with a mean of about one second. */
public enum Increments {
  EXPONENTIAL(Distribution.exponential(1e9)),
  UNIFORM(Distribution.uniform(0, 2e9)),
  /** Nine in ten short, one in ten long. */
  BIMODAL(Distribution.uniform(0, 1)) {
    @Override
    long draw(RandomStream stream) {
      return (long) (stream.chance(0.9) ? stream.uniform(0, 0.2e9) : stream.uniform(8.2e9, 10.2e9));
    }
  },
  /** Finite mean, infinite variance. */
  PARETO(Distribution.paretoOfMean(1.5, 1e9)),
  CONSTANT(Distribution.constant(1e9)),
  /** From 1 us to 30 s, every magnitude alike. */
  MIXED(Distribution.uniform(StrictMath.log(1e3), StrictMath.log(30e9))) {
    @Override
    long draw(RandomStream stream) {
      return (long) StrictMath.exp(super.draw(stream, 1));
    }
  };

  private static final int TABLE = 1 << 18;

  @SuppressWarnings("ImmutableEnumChecker") // Distributions are records of numbers.
  private final Distribution law;

  Increments(Distribution law) {
    this.law = law;
  }

  long draw(RandomStream stream) {
    return law.sampleNanos(stream);
  }

  double draw(RandomStream stream, double unit) {
    return law.sample(stream) * unit;
  }

  /** Returns a table of draws, a power of two long, the same in every run. */
  public long[] table() {
    RandomStream stream = new RandomStreams(20260101).stream("increments/" + name());
    long[] table = new long[TABLE];
    for (int i = 0; i < TABLE; i++) {
      table[i] = draw(stream);
    }
    return table;
  }

  /**
   * Returns the first occurrences for {@code count} events, so that the run is stationary from its
   * first event: the residual time of a renewal process, which is a uniform part of an increment
   * that was drawn from the table in proportion to its length. (A uniform part of an increment
   * drawn evenly would start, for BIMODAL, with ten times as many events due soon as there ever are
   * again; the measured seconds would show how that wave dies out.)
   */
  public long[] starts(int count) {
    long[] table = table();
    double[] sumUpTo = new double[table.length];
    double sum = 0;
    for (int i = 0; i < table.length; i++) {
      sum += (double) table[i];
      sumUpTo[i] = sum;
    }
    RandomStream stream = new RandomStreams(20260101).stream("starts/" + name());
    long[] starts = new long[count];
    for (int i = 0; i < count; i++) {
      int found = Arrays.binarySearch(sumUpTo, stream.nextDouble() * sum);
      int drawn = Math.min(found < 0 ? ~found : found, table.length - 1);
      starts[i] = (long) (stream.nextDouble() * (double) table[drawn]);
    }
    return starts;
  }
}
