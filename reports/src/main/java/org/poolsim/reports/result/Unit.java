// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

/** The unit of a figure; values are always in the base unit named here. */
public enum Unit {
  /** Durations in seconds. */
  SECONDS("s"),
  /** Shares of one, shown in per cent. */
  FRACTION("1"),
  /** Bytes, shown with binary prefixes. */
  BYTES("B"),
  /** Plain counts. */
  COUNT(""),
  /** Events per second. */
  PER_SECOND("1/s"),
  /** Bytes per second, shown with binary prefixes. */
  BYTES_PER_SECOND("B/s"),
  /** Bits per second of a link, shown with decimal prefixes. */
  BITS_PER_SECOND("bit/s");

  private final String symbol;

  Unit(String symbol) {
    this.symbol = symbol;
  }

  /** Returns the base unit's symbol as {@code summary.json} names it. */
  public String symbol() {
    return symbol;
  }
}
