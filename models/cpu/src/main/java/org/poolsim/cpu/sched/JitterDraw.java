// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Uniform draws from a fixed range of nanoseconds: the same as {@code nextLong(bound)} of the
 * source gives, without its division by a number that the processor learns only then.
 *
 * <p>The quotient of a dividend below 2^63 by a fixed divisor d with 2^(k-1) &lt; d &lt;= 2^k is
 * floor(dividend * m / 2^(63+k)) for m = floor(2^(63+k) / d) + 1 (Granlund and Montgomery, Division
 * by invariant integers using multiplication, PLDI 1994, theorem 4.2: m exceeds 2^(63+k) / d by at
 * most 1, that is by at most 2^k / d relative to 2^63).
 */
final class JitterDraw {
  private final UniformRandomProvider source;
  private final long bound;
  private final long factor;
  private final int shift;

  /**
   * Draws from 0 to {@code most}, both included.
   *
   * @param most at least 0 and below 2^62
   */
  JitterDraw(UniformRandomProvider source, long most) {
    this.source = source;
    this.bound = most + 1;
    int bits = 64 - Long.numberOfLeadingZeros(most);
    // 2^(63+k) / d + 1 as 2^64 times a quotient below 1, in two steps of long division.
    this.factor = bits == 0 ? 0 : scaledReciprocal(bits);
    this.shift = bits - 1;
  }

  private long scaledReciprocal(int bits) {
    long remainder = 1L << (bits - 1);
    long quotient = 0;
    for (int i = 0; i < 64; i++) {
      remainder <<= 1;
      quotient <<= 1;
      if (remainder >= bound) {
        remainder -= bound;
        quotient |= 1;
      }
    }
    return quotient + 1;
  }

  /** Returns the next draw; nothing is drawn if there is only one outcome. */
  long next() {
    if (bound == 1) {
      return 0;
    }
    while (true) {
      long drawn = source.nextLong() >>> 1;
      // The factor is unsigned; what multiplyHigh takes for 2^64 less is added again.
      long high = Math.multiplyHigh(drawn, factor) + (drawn & (factor >> 63));
      long value = drawn - (high >>> shift) * bound;
      // The last, incomplete run of the range would favour its beginning.
      if (drawn - value + (bound - 1) >= 0) {
        return value;
      }
    }
  }
}
