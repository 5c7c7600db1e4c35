// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as xapi writes them: C's {@code %.15g}, {@code 0.0} for zero, {@code NaN}, {@code
 * Infinity} and {@code -Infinity}.
 */
public final class NumberText {
  private static final int DIGITS = 15;
  private static final MathContext ROUNDING = new MathContext(DIGITS, RoundingMode.HALF_EVEN);
  private static final double EXACT_INTEGERS = 1e15;

  private NumberText() {}

  /** Returns the text of a number. */
  public static String of(double number) {
    if (number == 0) {
      return "0.0";
    }
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    long whole = (long) number;
    if (whole == number && Math.abs(number) < EXACT_INTEGERS) {
      return Long.toString(whole);
    }
    BigDecimal rounded = new BigDecimal(number).round(ROUNDING).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < DIGITS) {
      return rounded.toPlainString();
    }
    String digits = rounded.unscaledValue().abs().toString();
    StringBuilder text = new StringBuilder();
    if (rounded.signum() < 0) {
      text.append('-');
    }
    text.append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    if (Math.abs(exponent) < 10) {
      text.append('0');
    }
    return text.append(Math.abs(exponent)).toString();
  }
}
