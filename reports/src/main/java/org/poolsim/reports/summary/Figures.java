// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.summary;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.poolsim.reports.result.Unit;

/**
 * Figures for people: three significant digits, SI prefixes for rates and counts, binary ones for
 * memory, a space before the unit, always a dot. The page's script writes figures by the same
 * rules.
 */
public final class Figures {
  /** Stands for a value that is not known. */
  public static final String UNKNOWN = "?";

  /** Stands for a value that does not apply. */
  public static final String NOT_APPLICABLE = "–";

  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final String[] SI = {"", "k", "M", "G", "T", "P"};
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final String[] NUMBERS = {
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve"
  };

  /** From here on a duration is written in minutes and seconds. */
  private static final double MINUTES_FROM_SECONDS = 180;

  private Figures() {}

  /** Returns a value with its unit; {@code ?} for NaN. */
  public static String text(double value, Unit unit) {
    if (Double.isNaN(value)) {
      return UNKNOWN;
    }
    if (value < 0) {
      return "\u2212" + text(-value, unit);
    }
    return switch (unit) {
      case SECONDS -> seconds(value);
      case FRACTION -> percent(value);
      case BYTES -> binary(value, "");
      case BYTES_PER_SECOND -> binary(value, "/s");
      case COUNT -> count(value);
      case PER_SECOND -> si(value, "/s");
      case BITS_PER_SECOND -> si(value, "bit/s");
    };
  }

  private static String seconds(double value) {
    if (value == 0) {
      return "0 s";
    }
    if (value < 1e-4) {
      return digits(value * 1e6) + " µs";
    }
    if (value < 1) {
      String milliseconds = digits(value * 1e3);
      return milliseconds.equals("1000") ? "1 s" : milliseconds + " ms";
    }
    return value < MINUTES_FROM_SECONDS ? digits(value) + " s" : duration(value);
  }

  /** Returns a duration as prose has it: {@code 4 min 31 s}, {@code 2 h}, {@code 3 d 4 h}. */
  public static String duration(double seconds) {
    if (seconds < 60) {
      return seconds < 1 ? seconds(seconds) : digits(seconds) + " s";
    }
    long whole = Math.round(seconds);
    if (whole < 3600) {
      return pair(whole / 60, "min", whole % 60, "s");
    }
    long minutes = Math.round(seconds / 60);
    if (minutes < 24 * 60) {
      return pair(minutes / 60, "h", minutes % 60, "min");
    }
    long hours = Math.round(seconds / 3600);
    return pair(hours / 24, "d", hours % 24, "h");
  }

  private static String pair(long big, String bigUnit, long small, String smallUnit) {
    return small == 0 ? big + " " + bigUnit : big + " " + bigUnit + " " + small + " " + smallUnit;
  }

  /** Returns a duration in nanoseconds as prose has it. */
  public static String durationNanos(long nanos) {
    return duration(nanos * 1e-9);
  }

  /** Returns a position on the clock: {@code h:mm:ss}, beyond a day {@code 2d 03:10}. */
  public static String clock(long nanos) {
    long seconds = nanos / 1_000_000_000L;
    long days = seconds / 86400;
    if (days > 0) {
      return String.format(
          Locale.ROOT, "%dd %02d:%02d", days, seconds / 3600 % 24, seconds / 60 % 60);
    }
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /**
   * Returns a position for an axis whose marks lie {@code spacingNanos} apart: {@code 0:30} in
   * hours and minutes, with seconds only where marks are closer than a minute.
   */
  public static String axisClock(long nanos, long spacingNanos) {
    if (spacingNanos % 60_000_000_000L != 0 || nanos >= 86_400_000_000_000L) {
      return clock(nanos);
    }
    long minutes = nanos / 60_000_000_000L;
    return String.format(Locale.ROOT, "%d:%02d", minutes / 60, minutes % 60);
  }

  /** Returns a share in per cent: whole from ten on, one decimal below. */
  public static String percent(double fraction) {
    double percent = fraction * 100;
    if (percent == 0) {
      return "0 %";
    }
    if (percent < 0.1) {
      return "< 0.1 %";
    }
    String decimal = fixed(percent, 1);
    if (percent < 10 && decimal.length() == 3) {
      return (decimal.endsWith(".0") ? decimal.substring(0, 1) : decimal) + " %";
    }
    return fixed(percent, 0) + " %";
  }

  private static String count(double value) {
    if (value == Math.rint(value) && value < 10_000) {
      return Long.toString((long) value);
    }
    return si(value, "").trim();
  }

  private static String si(double value, String unit) {
    int prefix = 0;
    double scaled = value;
    while (scaled >= 999.5 && prefix < SI.length - 1) {
      scaled /= 1000;
      prefix++;
    }
    return digits(scaled) + " " + SI[prefix] + unit;
  }

  private static String binary(double bytes, String suffix) {
    int prefix = 0;
    double scaled = bytes;
    while (scaled >= 999.5 && prefix < BINARY.length - 1) {
      scaled /= 1024;
      prefix++;
    }
    return digits(scaled) + " " + BINARY[prefix] + suffix;
  }

  /** Returns three significant digits without trailing zeros and never an exponent. */
  public static String digits(double value) {
    if (value == 0) {
      return "0";
    }
    return new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
  }

  private static String fixed(double value, int decimals) {
    return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  /** Returns a whole number with a comma between thousands. */
  public static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns a small number as a word, a larger one in digits. */
  public static String word(int number) {
    return number < NUMBERS.length ? NUMBERS[number] : Integer.toString(number);
  }

  /** Returns {@code 1 host} or {@code 4 hosts}. */
  public static String plural(long number, String noun) {
    return whole(number) + " " + noun + (number == 1 ? "" : "s");
  }
}
