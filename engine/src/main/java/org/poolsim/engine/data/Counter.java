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

  /**
   * Returns whether the present rate began at an instant and the total was {@code atThatInstant}
   * then, with nothing added to it since.
   */
  public boolean isSince(long nanos, double atThatInstant) {
    return sinceNanos == nanos && total == atThatInstant;
  }

  @Override
  public double value(long nowNanos) {
    return total + ratePerSecond * ((nowNanos - sinceNanos) * 1e-9);
  }
}
