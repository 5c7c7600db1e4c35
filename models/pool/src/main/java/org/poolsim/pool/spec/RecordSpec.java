// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * What a run records.
 *
 * @param windowNanos length of the windows over which utilisations and vCPU wait are averaged; at
 *     least 1 ms
 */
public record RecordSpec(long windowNanos) {
  /** Windows of 10 s. */
  public static final RecordSpec DEFAULT = new RecordSpec(10_000_000_000L);

  public RecordSpec {
    Require.between(windowNanos, 1_000_000, Long.MAX_VALUE, "length of the metrics window in ns");
  }
}
