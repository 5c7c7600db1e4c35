// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

/** Credit2's decaying average, in fixed point with the truncations of the source (4.10). */
final class LoadAverage {
  /** Fractional bits. */
  static final int PRECISION_SHIFT = 18;

  /** Samples are taken in units of 2^10 ns. */
  static final int GRANULARITY_SHIFT = 10;

  private final int windowShift;

  LoadAverage(int windowShiftNanos) {
    this.windowShift = windowShiftNanos - GRANULARITY_SHIFT;
  }

  /** Returns an average after {@code elapsed} samples of a constant load. */
  long decay(long average, long load, long elapsed) {
    long target = load << PRECISION_SHIFT;
    if (elapsed > 1L << windowShift) {
      return target;
    }
    return average + ((elapsed * target) >> windowShift) - ((elapsed * average) >> windowShift);
  }
}
