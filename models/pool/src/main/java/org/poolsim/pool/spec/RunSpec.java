// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.List;

/**
 * A run: everything that its outcome depends on but the replication number.
 *
 * @param pool the pool
 * @param seed any; equal seeds give equal runs
 * @param durationNanos above 0
 * @param faults what is done to the pool, in any order
 * @param objectives what is expected to hold
 * @param saturation when a resource counts as saturated
 * @param record what is recorded
 */
public record RunSpec(
    PoolSpec pool,
    long seed,
    long durationNanos,
    List<FaultSpec> faults,
    List<ObjectiveSpec> objectives,
    SaturationSpec saturation,
    RecordSpec record) {
  public RunSpec {
    Require.present(pool, "the pool");
    Require.positive(durationNanos, "duration in ns");
    faults = List.copyOf(faults);
    objectives = List.copyOf(objectives);
    Require.present(saturation, "the saturation thresholds");
    Require.present(record, "what is recorded");
  }

  /** Creates a run without faults and objectives. */
  public RunSpec(PoolSpec pool, long seed, long durationNanos) {
    this(
        pool,
        seed,
        durationNanos,
        List.of(),
        List.of(),
        SaturationSpec.DEFAULT,
        RecordSpec.DEFAULT);
  }
}
