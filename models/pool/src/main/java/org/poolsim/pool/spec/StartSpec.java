// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * When a VM starts.
 *
 * @param atNanos earliest start, since the start of the run
 * @param spreadNanos the start is drawn uniformly from [at, at + spread]
 */
public record StartSpec(long atNanos, long spreadNanos) {
  public StartSpec {
    Require.notNegative(atNanos, "start time in ns");
    Require.notNegative(spreadNanos, "start spread in ns");
  }
}
