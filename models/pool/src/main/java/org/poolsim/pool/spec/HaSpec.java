// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * High availability as configured; no policy is simulated yet.
 *
 * @param enabled whether it is on
 * @param policy the fencing policy's name
 * @param timeoutNanos the base timeout
 * @param hostFailuresToTolerate 0 or more
 */
public record HaSpec(
    boolean enabled, String policy, long timeoutNanos, int hostFailuresToTolerate) {
  /** Switched off. */
  public static final HaSpec OFF = new HaSpec(false, "xhad", 60_000_000_000L, 0);

  public HaSpec {
    Require.name(policy, "the HA policy");
    Require.positive(timeoutNanos, "HA timeout in ns");
    Require.notNegative(hostFailuresToTolerate, "host failures to tolerate");
  }
}
