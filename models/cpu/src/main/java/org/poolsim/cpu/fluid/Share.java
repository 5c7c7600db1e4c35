// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.fluid;

/**
 * Rates as integers in units of 2^-30 pCPU: sums of rates, and times integrated from them, are
 * exact.
 */
final class Share {
  static final int BITS = 30;

  /** A whole pCPU. */
  static final int ONE = 1 << BITS;

  static final long MASK = ONE - 1L;

  private Share() {}

  /** Rounds a fraction in [0, 1] to a rate. */
  static int of(double fraction) {
    return (int) (fraction * ONE + 0.5);
  }

  static double toDouble(long rate) {
    return rate * 0x1p-30;
  }
}
