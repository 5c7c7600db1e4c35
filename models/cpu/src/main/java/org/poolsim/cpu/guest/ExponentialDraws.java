// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import org.apache.commons.rng.core.source64.SplitMix64;

/**
 * Exponential times, whole nanoseconds of at least 1: {@code max(1, ceil(-mean ln(1 - u)))} with
 * the logarithm of {@link StrictMath}, the same on every machine.
 */
final class ExponentialDraws {
  private static final double CLOSE = 0x1p-48;

  private final SplitMix64 generator;

  ExponentialDraws(long seed) {
    generator = new SplitMix64(seed);
  }

  long draw(long meanNanos) {
    double mean = (double) meanNanos;
    double argument = 1 - generator.nextDouble();
    // Math.log is several times faster. Both are within an ulp of the truth, so that their products
    // are within 2^-50; unless an integer is that near, both round up to the same one.
    double time = -mean * Math.log(argument);
    long down = (long) time;
    double above = time - down;
    double margin = time * CLOSE;
    if (above <= margin || 1 - above <= margin) {
      return Math.max(1, (long) Math.ceil(-mean * StrictMath.log(argument)));
    }
    return down + 1;
  }
}
