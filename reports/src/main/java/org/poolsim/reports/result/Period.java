// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

/**
 * A stretch of simulated time.
 *
 * @param startNanos its first instant
 * @param endNanos the first instant after it
 */
public record Period(long startNanos, long endNanos) {
  public Period {
    if (endNanos < startNanos) {
      throw new IllegalArgumentException(
          "period ends before it starts: " + startNanos + ".." + endNanos);
    }
  }

  /** Returns its length. */
  public long lengthNanos() {
    return endNanos - startNanos;
  }
}
