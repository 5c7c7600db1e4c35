// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

/**
 * The result of adding one number many times, to the last bit, without doing it.
 *
 * <p>While a sum stays within one power of two, its grid is fixed and each addition of the same
 * number advances it by the same multiple of the grid (after the first, which settles a tie to the
 * even neighbour). So the sum can jump to the edge of the power of two, and a few plain additions
 * carry it over.
 */
final class RepeatedAddition {
  private static final int NOT_WORTH_A_JUMP = 16;
  private static final long EXPONENT = 0x7FF0_0000_0000_0000L;

  private RepeatedAddition() {}

  /** Returns {@code (((sum + addend) + addend) + ...)} with {@code times} additions. */
  static double add(double sum, double addend, int times) {
    if (times > NOT_WORTH_A_JUMP && sameSign(sum, addend)) {
      double first = sum + addend;
      double second = first + addend;
      double end = second + (times - 2) * ((second + addend) - second);
      if (sameBinade(first, end)) {
        return end;
      }
      return jump(sum, addend, times);
    }
    double at = sum;
    for (int left = times; left > 0; left--) {
      at += addend;
    }
    return at;
  }

  /**
   * Whether two sums of one sign lie within one power of two. Then so do all between them: had one
   * of them left it, the last one would have too. The second sum is then even where the addend is a
   * tie, and from it on every advance is the same.
   */
  private static boolean sameBinade(double first, double last) {
    long bits = Double.doubleToRawLongBits(first);
    long exponent = bits & EXPONENT;
    return ((bits ^ Double.doubleToRawLongBits(last)) & EXPONENT) == 0
        && exponent != 0
        && exponent != EXPONENT;
  }

  private static double jump(double sum, double addend, int times) {
    double at = sum;
    int left = times;
    while (left > 0) {
      if (left > NOT_WORTH_A_JUMP) {
        double first = at + addend;
        double second = first + addend;
        double advance = second - first;
        if (first == second || Double.isNaN(second)) {
          return second;
        }
        int exponent = Math.getExponent(first);
        if (Math.getExponent(second) == exponent
            && exponent >= Double.MIN_EXPONENT
            && exponent < 1023) {
          double edge = Math.scalb(1.0, exponent + 1);
          double third = second + addend;
          // From the second sum on every advance is the same, tie or not.
          double step = third - second;
          if (Math.getExponent(third) == exponent && step == advance) {
            // Two steps short of the edge: the quotient is rounded.
            int jumps =
                (int)
                    Math.min(left - 2, Math.floor((edge - Math.abs(second)) / Math.abs(step)) - 2);
            if (jumps > 0) {
              at = second + jumps * step;
              left -= 2 + jumps;
              continue;
            }
          }
        }
      }
      at += addend;
      left--;
    }
    return at;
  }

  private static boolean sameSign(double a, double b) {
    return (a >= 0 && b > 0) || (a <= 0 && b < 0);
  }
}
