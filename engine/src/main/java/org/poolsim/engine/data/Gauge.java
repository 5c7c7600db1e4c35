// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.data;

/** A level that holds until it is set anew. */
public final class Gauge extends DataSource {
  private double value;

  /** Creates a gauge with its first value; NaN for unknown. */
  public Gauge(Description description, double value) {
    super(description);
    this.value = value;
  }

  /**
   * Sets the level from now on; NaN makes it unknown. Setting an equal value costs and changes
   * nothing.
   */
  public void set(double newValue) {
    if (Double.doubleToRawLongBits(newValue) != Double.doubleToRawLongBits(value)) {
      beforeChange();
      value = newValue;
    }
  }

  /** Returns the level. */
  public double value() {
    return value;
  }

  @Override
  public double value(long nowNanos) {
    return value;
  }
}
