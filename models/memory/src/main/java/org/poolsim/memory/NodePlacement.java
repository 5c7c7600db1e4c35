// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.BitSet;

/** The node that a domain was built on, and what follows for its vCPUs. */
final class NodePlacement {
  /** On no node: striped over all. */
  static final NodePlacement NONE = new NodePlacement(-1, null, null);

  final int node;
  private final BitSet soft;
  private final BitSet hard;

  private NodePlacement(int node, BitSet soft, BitSet hard) {
    this.node = node;
    this.soft = soft;
    this.hard = hard;
  }

  static NodePlacement on(int node, BitSet cpus, NumaPolicy policy) {
    return policy == NumaPolicy.BEST_EFFORT_HARD
        ? new NodePlacement(node, null, cpus)
        : new NodePlacement(node, cpus, null);
  }

  BitSet softAffinity() {
    return soft == null ? null : (BitSet) soft.clone();
  }

  BitSet hardAffinity() {
    return hard == null ? null : (BitSet) hard.clone();
  }
}
