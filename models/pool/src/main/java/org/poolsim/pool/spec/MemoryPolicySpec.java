// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import org.poolsim.memory.NumaPolicy;
import org.poolsim.memory.ToolstackVersion;

/**
 * How a host's toolstack shares out memory.
 *
 * @param toolstack what is held back, by version
 * @param squeezed whether the ballooning daemon behaves as it does or as it should
 * @param numa how VMs are placed on the host's nodes, one for each socket
 */
public record MemoryPolicySpec(ToolstackVersion toolstack, Squeezing squeezed, NumaPolicy numa) {
  /** Today's toolstack as it is installed. */
  public static final MemoryPolicySpec DEFAULT =
      new MemoryPolicySpec(ToolstackVersion.SINCE_2026, Squeezing.FAITHFUL, NumaPolicy.BEST_EFFORT);

  /** The behaviour of the ballooning daemon. */
  public enum Squeezing {
    /** As it is: each call presumes every domain active. */
    FAITHFUL,
    /** Domains that do not move are left out for five minutes. */
    INTENDED
  }

  public MemoryPolicySpec {
    Require.present(toolstack, "the toolstack's version");
    Require.present(squeezed, "the behaviour of squeezed");
    Require.present(numa, "the NUMA policy");
  }
}
