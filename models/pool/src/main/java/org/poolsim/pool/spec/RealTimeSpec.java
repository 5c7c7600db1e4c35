// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * What each vCPU of a VM gets under {@code rtds}.
 *
 * @param periodNanos at least 10 us
 * @param budgetNanos CPU time of each period, at least 10 us and at most the period
 * @param extratime whether it may use what others leave, once its budget is used up
 */
public record RealTimeSpec(long periodNanos, long budgetNanos, boolean extratime) {
  /** The least period and budget ({@code rt.c}). */
  public static final long LEAST_NANOS = 10_000;

  public RealTimeSpec {
    Require.between(periodNanos, LEAST_NANOS, Long.MAX_VALUE, "period in ns");
    Require.between(budgetNanos, LEAST_NANOS, periodNanos, "budget in ns");
  }
}
