// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Numbers as xapi writes them: C's {@code %.15g}, {@code 0.0} for zero, {@code NaN}, {@code
 * Infinity} and {@code -Infinity}.
 */
public final class NumberText {
  /** The most bytes that a number takes. */
  public static final int LONGEST = 24;

  private static final int DIGITS = 15;
  private static final MathContext ROUNDING = new MathContext(DIGITS, RoundingMode.HALF_EVEN);
  private static final double EXACT_INTEGERS = 1e15;

  /** From here up to {@link #EXACT_INTEGERS} 128 bits hold all digits that matter. */
  private static final double SMALLEST_FAST = 1e-12;

  private static final long LEAST = 100_000_000_000_000L;
  private static final long BEYOND = 10 * LEAST;
  private static final double LOG10_OF_2 = 0.30102999566398120;
  private static final long HIDDEN_BIT = 1L << 52;
  private static final long[] POWERS_OF_5 = new long[28];

  static {
    POWERS_OF_5[0] = 1;
    for (int i = 1; i < POWERS_OF_5.length; i++) {
      POWERS_OF_5[i] = 5 * POWERS_OF_5[i - 1];
    }
  }

  private NumberText() {}

  /** Returns the text of a number. */
  public static String of(double number) {
    byte[] text = new byte[LONGEST];
    int length = write(number, text, 0);
    return new String(text, 0, length, StandardCharsets.ISO_8859_1);
  }

  /**
   * Writes the text of a number, in ASCII, without a string of its own.
   *
   * @param to with room for {@link #LONGEST} bytes from {@code at} on
   * @return the end of the text
   */
  public static int write(double number, byte[] to, int at) {
    if (number == 0) {
      return write("0.0", to, at);
    }
    if (Double.isNaN(number)) {
      return write("NaN", to, at);
    }
    if (Double.isInfinite(number)) {
      return write(number > 0 ? "Infinity" : "-Infinity", to, at);
    }
    int begin = at;
    if (number < 0) {
      to[begin++] = '-';
    }
    double size = Math.abs(number);
    long whole = (long) size;
    if (whole == size && size < EXACT_INTEGERS) {
      return digits(whole, count(whole), to, begin);
    }
    return size >= SMALLEST_FAST && size < EXACT_INTEGERS
        ? fast(size, to, begin)
        : write(slow(size), to, begin);
  }

  private static int write(String text, byte[] to, int at) {
    for (int i = 0; i < text.length(); i++) {
      to[at + i] = (byte) text.charAt(i);
    }
    return at + text.length();
  }

  /**
   * The number is {@code mantissa * 2^exponent}; times a power of ten it has 15 digits before the
   * point, of which 128 bits hold all and the remainder decides how to round.
   */
  private static int fast(double size, byte[] to, int at) {
    long bits = Double.doubleToRawLongBits(size);
    long mantissa = (bits & (HIDDEN_BIT - 1)) | HIDDEN_BIT;
    int binary = (int) (bits >>> 52) - 1023;
    // Not above the true exponent, and at most one below.
    int power = DIGITS - 1 - (int) Math.floor(binary * LOG10_OF_2);
    long rounded = scaled(mantissa, 52 - binary - power, power);
    if (rounded < 0) {
      power--;
      rounded = scaled(mantissa, 52 - binary - power, power);
    }
    int exponent = DIGITS - 1 - power;
    if (rounded == BEYOND) {
      rounded = LEAST;
      exponent++;
    }
    int count = DIGITS;
    while (rounded % 10 == 0) {
      rounded /= 10;
      count--;
    }
    return place(rounded, count, exponent, to, at);
  }

  /**
   * Returns {@code mantissa * 5^power / 2^shift} rounded half to even; -1 if it has more than 15
   * digits before it is rounded.
   */
  private static long scaled(long mantissa, int shift, int power) {
    long five = POWERS_OF_5[power];
    long high = Math.multiplyHigh(mantissa, five);
    long low = mantissa * five;
    long floor;
    int half;
    if (shift < 64) {
      floor = (high << (64 - shift)) | (low >>> shift);
      long remainder = low & ((1L << shift) - 1);
      half = Long.compare(remainder, 1L << (shift - 1));
    } else {
      int more = shift - 64;
      floor = high >>> more;
      long remainder = high & ((1L << more) - 1);
      half =
          more == 0
              ? Long.compareUnsigned(low, Long.MIN_VALUE)
              : remainder != 1L << (more - 1)
                  ? Long.compare(remainder, 1L << (more - 1))
                  : low == 0 ? 0 : 1;
    }
    if (floor >= BEYOND) {
      return -1;
    }
    return half > 0 || (half == 0 && (floor & 1) == 1) ? floor + 1 : floor;
  }

  /** Writes digits of which the first one counts {@code 10^exponent}. */
  private static int place(long digits, int count, int exponent, byte[] to, int at) {
    int end = at;
    if (exponent < -4 || exponent >= DIGITS) {
      end = digits(digits, count, to, at + 1);
      to[at] = to[at + 1];
      to[at + 1] = '.';
      if (count == 1) {
        end--;
      }
      to[end++] = 'e';
      to[end++] = (byte) (exponent < 0 ? '-' : '+');
      int size = Math.abs(exponent);
      return digits(size, Math.max(2, count(size)), to, end);
    }
    if (exponent < 0) {
      to[end++] = '0';
      to[end++] = '.';
      for (int i = -1; i > exponent; i--) {
        to[end++] = '0';
      }
      return digits(digits, count, to, end);
    }
    int before = exponent + 1;
    if (count <= before) {
      end = digits(digits, count, to, at);
      for (int i = count; i < before; i++) {
        to[end++] = '0';
      }
      return end;
    }
    end = digits(digits, count, to, at + 1);
    System.arraycopy(to, at + 1, to, at, before);
    to[at + before] = '.';
    return end;
  }

  private static int count(long whole) {
    int count = 1;
    for (long rest = whole; rest >= 10; rest /= 10) {
      count++;
    }
    return count;
  }

  /** Writes a whole number with leading zeros up to a number of digits. */
  private static int digits(long whole, int count, byte[] to, int at) {
    long rest = whole;
    for (int i = at + count - 1; i >= at; i--) {
      to[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + count;
  }

  /** What {@link #fast} does not reach. */
  private static String slow(double size) {
    BigDecimal rounded = new BigDecimal(size).round(ROUNDING).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < DIGITS) {
      return rounded.toPlainString();
    }
    String digits = rounded.unscaledValue().toString();
    StringBuilder text = new StringBuilder();
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
