// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

/**
 * How a run ended.
 *
 * @param kind how
 * @param atNanos the simulated instant that was reached
 * @param words what an audit found; empty otherwise
 */
public record Ending(Kind kind, long atNanos, String words) {
  /** The ways in which a run ends. */
  public enum Kind {
    COMPLETED,
    INTERRUPTED,
    AUDIT_FAILED
  }

  /** The run reached its end. */
  public static Ending completed(long atNanos) {
    return new Ending(Kind.COMPLETED, atNanos, "");
  }
}
