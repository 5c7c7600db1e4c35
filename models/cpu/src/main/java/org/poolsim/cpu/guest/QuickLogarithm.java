// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

/**
 * The natural logarithm of numbers from 0 to 1, not exact but within a known error, at a fraction
 * of the cost of {@link Math#log}.
 *
 * <p>A number is {@code 2^e m} with {@code 1 <= m < 2}. Of the interval of width 1/128 that {@code
 * m} lies in the table has the reciprocal {@code c} of the centre, as it is rounded, and {@code ln
 * c}. With {@code r = m c - 1} the logarithm is {@code e ln 2 - ln c + ln(1 + r)}, and {@code |r|
 * <= 2^-8}: four terms of the series leave out less than {@code r^5 / 5 < 2^-42.3}. Rounding adds
 * less than 2^-46, as no result is above 37.
 */
final class QuickLogarithm {
  /** Bound of the absolute error for numbers from 2^-53 to 1. */
  static final double GREATEST_ERROR = 0x1p-42;

  private static final int INTERVAL_BITS = 7;
  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
  private static final int EXPONENT_BIAS = 1023;
  private static final long ONE = (long) EXPONENT_BIAS << MANTISSA_BITS;
  private static final double LN_2 = StrictMath.log(2);

  /** Pairs: c, ln c. */
  private static final double[] TABLE = table();

  private QuickLogarithm() {}

  private static double[] table() {
    int intervals = 1 << INTERVAL_BITS;
    double[] pairs = new double[2 * intervals];
    for (int i = 0; i < intervals; i++) {
      double c = 1 / (1 + (i + 0.5) / intervals);
      pairs[2 * i] = c;
      pairs[2 * i + 1] = StrictMath.log(c);
    }
    return pairs;
  }

  /**
   * Returns {@code -ln x} within {@link #GREATEST_ERROR}.
   *
   * @param x from 2^-53 to 1
   */
  static double negated(double x) {
    long bits = Double.doubleToRawLongBits(x);
    int e = (int) (bits >> MANTISSA_BITS) - EXPONENT_BIAS;
    int pair = (int) (bits >>> (MANTISSA_BITS - INTERVAL_BITS - 1)) & ((2 << INTERVAL_BITS) - 2);
    double m = Double.longBitsToDouble((bits & MANTISSA) | ONE);
    double r = m * TABLE[pair] - 1;
    double square = r * r;
    double series = (r - 0.5 * square) + square * r * (1.0 / 3 - 0.25 * r);
    return TABLE[pair + 1] - e * LN_2 - series;
  }
}
