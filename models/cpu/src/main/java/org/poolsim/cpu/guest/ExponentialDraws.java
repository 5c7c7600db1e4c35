// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import org.apache.commons.rng.core.source64.SplitMix64;

/**
 * Exponential times, whole nanoseconds of at least 1: {@code max(1, ceil(-mean ln(1 - u)))} with
 * the logarithm of {@link StrictMath}, the same on every machine.
 */
final class ExponentialDraws {
  /**
   * How far a product of the mean with either logarithm is from that with the other, relative to
   * the mean: the error of the quick one, and less than half as much for that of StrictMath's and
   * for rounding.
   */
  private static final double APART = 2 * QuickLogarithm.GREATEST_ERROR;

  private final SplitMix64 generator;

  /** {@code 1 - u} of the next draw. Taken ahead, so that no draw has to wait for its logarithm. */
  private double argument;

  private double quickLogarithm;

  ExponentialDraws(long seed) {
    generator = new SplitMix64(seed);
    advance();
  }

  private void advance() {
    argument = 1 - generator.nextDouble();
    quickLogarithm = QuickLogarithm.negated(argument);
  }

  long draw(long meanNanos) {
    double mean = (double) meanNanos;
    double time = mean * quickLogarithm;
    long down = (long) time;
    double above = time - down;
    double margin = mean * APART;
    // Unless an integer is that near, the exact time is rounded up to the same one.
    long drawn = down + 1;
    if (above <= margin || 1 - above <= margin) {
      drawn = Math.max(1, (long) Math.ceil(-mean * StrictMath.log(argument)));
    }
    advance();
    return drawn;
  }
}
