// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.detailed;

/**
 * How guests run their tasks.
 *
 * @param quantumNanos CPU time of a turn while other tasks wait, above 0
 * @param periodNanos mean interval between the bursts of background demand, above 1
 */
public record GuestParameters(long quantumNanos, long periodNanos) {
  /** Base slice of Linux's fair scheduler on hosts with many CPUs. */
  public static final long DEFAULT_QUANTUM_NANOS = 3_000_000L;

  /** Background demand comes in bursts of some tens of milliseconds, as of interactive programs. */
  public static final long DEFAULT_PERIOD_NANOS = 20_000_000L;

  /** Checks the ranges. */
  public GuestParameters {
    if (quantumNanos < 1) {
      throw new IllegalArgumentException("the quantum must be above 0, not " + quantumNanos);
    }
    if (periodNanos < 2) {
      throw new IllegalArgumentException("the period must be above 1 ns, not " + periodNanos);
    }
  }

  /** Returns the defaults. */
  public static GuestParameters defaults() {
    return new GuestParameters(DEFAULT_QUANTUM_NANOS, DEFAULT_PERIOD_NANOS);
  }
}
