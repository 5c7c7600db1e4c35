// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

/**
 * A range of one quantity, both ends included.
 *
 * @param low the smaller end, in the quantity's base unit
 * @param high the larger end, in the quantity's base unit
 */
public record Span(double low, double high) {
  /** Returns the smaller end as a whole number of base units. */
  public long lowWhole() {
    return Math.round(low);
  }

  /** Returns the larger end as a whole number of base units. */
  public long highWhole() {
    return Math.round(high);
  }
}
