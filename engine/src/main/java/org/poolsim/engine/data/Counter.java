// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.data;

/** A running total: grows at a rate between changes and by single amounts. */
public final class Counter extends DataSource {
  private double total;
  private double ratePerSecond;
  private long sinceNanos;

  /** Creates a counter at zero that stands still. */
  public Counter(Description description) {
    super(description);
  }

  /** Adds a single amount now. */
  public void add(double amount) {
    beforeChange();
    total += amount;
  }

  /**
   * Lets the total grow by {@code newRatePerSecond} from now on. An equal rate costs and changes
   * nothing.
   */
  public void setRate(long nowNanos, double newRatePerSecond) {
    if (newRatePerSecond != ratePerSecond) {
      beforeChange();
      total = value(nowNanos);
      sinceNanos = nowNanos;
      ratePerSecond = newRatePerSecond;
    }
  }

  /** Returns the present growth per second. */
  public double ratePerSecond() {
    return ratePerSecond;
  }

  /** Returns the instant of the last change of the rate; zero if there was none. */
  public long sinceNanos() {
    return sinceNanos;
  }

  /** Returns the total less what it has grown by at the present rate. */
  public double totalAtChange() {
    return total;
  }

  @Override
  public double value(long nowNanos) {
    return value(total, ratePerSecond, sinceNanos, nowNanos);
  }

  /**
   * Returns the total that a counter has at {@code nowNanos} if it had {@code total} at {@code
   * sinceNanos} and has grown at one rate from then on.
   */
  public static double value(double total, double ratePerSecond, long sinceNanos, long nowNanos) {
    return total + ratePerSecond * ((nowNanos - sinceNanos) * 1e-9);
  }
}
