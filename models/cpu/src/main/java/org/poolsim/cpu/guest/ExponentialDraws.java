// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import org.apache.commons.rng.core.source64.SplitMix64;

/** Exponential times, whole nanoseconds of at least 1. */
final class ExponentialDraws {
  private final SplitMix64 generator;

  ExponentialDraws(long seed) {
    generator = new SplitMix64(seed);
  }

  long draw(long meanNanos) {
    double mean = (double) meanNanos;
    return Math.max(1, (long) Math.ceil(-mean * StrictMath.log(1 - generator.nextDouble())));
  }
}
