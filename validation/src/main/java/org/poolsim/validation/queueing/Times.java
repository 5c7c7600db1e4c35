// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.Arrays;

/**
 * How often each time was seen, to 0.4 % (256 steps per power of two; below 256 ns exact), with the
 * times of a step taken to be spread evenly over it.
 */
final class Times {
  private static final int STEPS = 256;
  private static final int STEP_BITS = 8;

  /** A share of a count may come out a last digit above a whole number. */
  private static final double ROUNDING = 1e-12;

  private int[] counts = new int[STEPS];

  void add(long nanos) {
    int step = step(nanos);
    if (step >= counts.length) {
      counts = Arrays.copyOf(counts, (step / STEPS + 1) * STEPS);
    }
    counts[step]++;
  }

  /** Adds the counts of another one. */
  void addAll(Times other) {
    if (other.counts.length > counts.length) {
      counts = Arrays.copyOf(counts, other.counts.length);
    }
    for (int i = 0; i < other.counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  long count() {
    long total = 0;
    for (int count : counts) {
      total += count;
    }
    return total;
  }

  /** Returns how many of the times do not exceed {@code nanos}. */
  double upTo(double nanos) {
    int step = step((long) nanos);
    double sum = 0;
    for (int i = 0; i < Math.min(step, counts.length); i++) {
      sum += counts[i];
    }
    return step < counts.length ? sum + counts[step] * shareOfStep(step, nanos) : sum;
  }

  /** Returns the smallest time that {@code share} of all do not exceed. */
  double quantile(double share) {
    double wanted = share * count() * (1 - ROUNDING);
    double sum = 0;
    int last = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        if (sum + counts[i] >= wanted) {
          double inside = Math.max(0, wanted - sum) / counts[i];
          return i < STEPS ? start(i) : start(i) + inside * (start(i + 1) - start(i));
        }
        sum += counts[i];
        last = i;
      }
    }
    return start(last + 1);
  }

  private static double shareOfStep(int step, double nanos) {
    return step < STEPS ? 1 : (nanos - start(step)) / (start(step + 1) - start(step));
  }

  private static int step(long nanos) {
    if (nanos < STEPS) {
      return (int) nanos;
    }
    int shift = Long.SIZE - 1 - STEP_BITS - Long.numberOfLeadingZeros(nanos);
    return (shift << STEP_BITS) + (int) (nanos >>> shift);
  }

  private static double start(int step) {
    if (step < STEPS) {
      return step;
    }
    int shift = (step >> STEP_BITS) - 1;
    return (double) ((long) ((step & (STEPS - 1)) + STEPS) << shift);
  }
}
