// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a number with a unit measures. Values are held in one base unit: nanoseconds, bytes, bytes
 * per second, hertz, fractions, events per second. A number without a unit is a mistake.
 */
// Units are an unmodifiable list of records.
@SuppressWarnings("ImmutableEnumChecker")
public enum Quantity {
  /** A length of time, in nanoseconds; parts add up ({@code 1h30min}). */
  TIME(
      "a time such as 250ms, 30s or 2h",
      true,
      unit("ns", 1),
      unit("us", 1_000),
      unit("ms", 1_000_000),
      unit("s", 1_000_000_000L),
      unit("min", 60_000_000_000L),
      unit("h", 3_600_000_000_000L),
      unit("d", 86_400_000_000_000L)),
  /** An amount of memory or data, in bytes. */
  SIZE(
      "a size such as 4KiB, 512MiB or 4GiB",
      true,
      unit("B", 1),
      unit("KiB", 1L << 10),
      unit("MiB", 1L << 20),
      unit("GiB", 1L << 30),
      unit("TiB", 1L << 40),
      unit("PiB", 1L << 50),
      unit("kB", 1_000),
      unit("MB", 1_000_000),
      unit("GB", 1_000_000_000L),
      unit("TB", 1_000_000_000_000L)),
  /** A rate of data, in bytes per second; {@code bps} are bits. */
  DATA_RATE(
      "a rate such as 10Gbps or 200MiB/s",
      true,
      unit("B/s", 1),
      unit("KiB/s", 1L << 10),
      unit("MiB/s", 1L << 20),
      unit("GiB/s", 1L << 30),
      unit("kbps", 125),
      unit("Mbps", 125_000),
      unit("Gbps", 125_000_000),
      unit("Tbps", 125_000_000_000L),
      unit("kB/s", 1_000),
      unit("MB/s", 1_000_000),
      unit("GB/s", 1_000_000_000L)),
  /** A clock rate, in hertz. */
  FREQUENCY(
      "a frequency such as 2.6GHz",
      true,
      unit("Hz", 1),
      unit("kHz", 1_000),
      unit("MHz", 1_000_000),
      unit("GHz", 1_000_000_000L)),
  /** A share, as a fraction: {@code 35%} is 0.35. */
  SHARE("a percentage such as 35%", false, new Unit("%", new BigDecimal("0.01"))),
  /** A rate of events, per second. */
  EVENT_RATE(
      "a rate such as 200/s or 30/min",
      false,
      new Unit("/s", BigDecimal.ONE),
      new Unit("/min", null, 60),
      new Unit("/h", null, 3600)),
  /** A plain number with no unit. */
  NUMBER("a number", false, new Unit("", BigDecimal.ONE)),
  /** The quantity of the surrounding value: what a distribution is a distribution of. */
  INHERITED("a number with a unit", false);

  private static final Pattern PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)\\s?([A-Za-z%/µ]*)");

  private final String example;
  private final boolean whole;
  private final List<Unit> units;

  Quantity(String example, boolean whole, Unit... units) {
    this.example = example;
    this.whole = whole;
    this.units = List.of(units);
  }

  private static Unit unit(String name, long factor) {
    return new Unit(name, BigDecimal.valueOf(factor));
  }

  /** A unit; one that is a fraction of the base without end is told by its divisor. */
  private record Unit(String name, BigDecimal factor, int divisor) {
    Unit(String name, BigDecimal factor) {
      this(name, factor, 1);
    }

    BigDecimal toBase(BigDecimal number) {
      return factor != null
          ? number.multiply(factor)
          : number.divide(BigDecimal.valueOf(divisor), 20, RoundingMode.HALF_EVEN);
    }
  }

  /** Returns what is expected, with an example, for messages. */
  public String example() {
    return example;
  }

  /** Returns the unit names, smallest first. */
  public List<String> unitNames() {
    return units.stream().map(Unit::name).toList();
  }

  /**
   * Returns the value of a text in base units.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public double parse(String text) {
    BigDecimal value = exact(text);
    if (whole) {
      BigDecimal rounded = value.setScale(0, RoundingMode.HALF_EVEN);
      if (rounded.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
        throw new IllegalArgumentException("\"" + Text.shorten(text) + "\" is too large");
      }
      return rounded.doubleValue();
    }
    return value.doubleValue();
  }

  /**
   * Returns the value of a text in whole base units.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public long parseWhole(String text) {
    BigDecimal rounded = exact(text).setScale(0, RoundingMode.HALF_EVEN);
    if (rounded.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("\"" + Text.shorten(text) + "\" is too large");
    }
    return rounded.longValueExact();
  }

  private BigDecimal exact(String written) {
    String text = written.strip();
    if (text.length() > 64) {
      throw wrong(text);
    }
    Matcher matcher = PART.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    int end = 0;
    BigDecimal smallest = null;
    int parts = 0;
    while (end < text.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw wrong(text);
      }
      Unit unit = unitOf(matcher.group(2), text);
      if (parts++ > 0 && (this != TIME || unit.factor().compareTo(smallest) >= 0)) {
        throw wrong(text);
      }
      smallest = unit.factor();
      sum = sum.add(unit.toBase(new BigDecimal(matcher.group(1))));
      end = matcher.end();
    }
    if (text.isEmpty()) {
      throw wrong(text);
    }
    return sum;
  }

  private Unit unitOf(String name, String text) {
    for (Unit unit : units) {
      if (unit.name().equals(name)) {
        return unit;
      }
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "\"" + Text.shorten(text) + "\" has no unit, expected " + example);
    }
    // Elsewhere 5m is five minutes: more likely meant than milliseconds.
    String nearest =
        name.equals("m") && unitNames().contains("min") ? "min" : Text.nearest(name, unitNames());
    throw new IllegalArgumentException(
        "unknown unit \""
            + name
            + "\" in \""
            + Text.shorten(text)
            + "\", expected "
            + example
            + (nearest == null ? "" : "; did you mean \"" + nearest + "\"?"));
  }

  private IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException("\"" + Text.shorten(text) + "\" is not " + example);
  }

  /** Returns a text that {@link #parse} reads as exactly this value. */
  public String format(double value) {
    if (whole) {
      return format(Math.round(value));
    }
    if (this == SHARE) {
      return plain(new BigDecimal(Double.toString(value)).movePointRight(2)) + "%";
    }
    return plain(new BigDecimal(Double.toString(value))) + (this == EVENT_RATE ? "/s" : "");
  }

  /** Returns a text that {@link #parseWhole} reads as exactly this value. */
  public String format(long value) {
    if (!whole) {
      return format((double) value);
    }
    if (value == 0) {
      return "0" + (this == TIME ? "s" : units.get(0).name());
    }
    // The largest unit of which it is a whole number.
    Unit best = units.get(0);
    BigDecimal number = BigDecimal.valueOf(value);
    for (Unit unit : units) {
      boolean divides = number.remainder(unit.factor()).signum() == 0;
      if (divides && unit.factor().compareTo(best.factor()) > 0) {
        best = unit;
      }
    }
    return plain(number.divide(best.factor())) + best.name();
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
