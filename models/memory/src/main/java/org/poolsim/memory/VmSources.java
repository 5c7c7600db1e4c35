// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;

/**
 * The data sources that a real host records of a VM's memory (fact sheet on RRDs, section 7.6).
 * Those of its nodes are there where the host has several.
 */
final class VmSources {
  private static final double BYTES_PER_KIB = 1024;

  /** A node counts when the domain has more than 4096 pages of it. */
  static final long NODE_COUNTS_ABOVE_KIB = 4096 * 4;

  /** Thousands of VMs have the same few names. */
  private static final String[] NODE_NAMES = new String[NumaTopology.MOST_NODES];

  private static final String[] NODE_TEXTS = new String[NumaTopology.MOST_NODES];

  static {
    for (int node = 0; node < NODE_NAMES.length; node++) {
      NODE_NAMES[node] = "memory_numa_node_" + node;
      NODE_TEXTS[node] = "Memory of VM on NUMA node " + node;
    }
  }

  private final Owner owner;
  private final DataSources sources;
  private final int nodes;
  private Gauge memory;
  private Gauge target;
  private Gauge[] memoryOfNode;
  private Gauge nodesUsed;

  VmSources(Owner owner, DataSources sources, int nodes) {
    this.owner = owner;
    this.sources = sources;
    this.nodes = nodes;
  }

  /** The domain has come: its sources are there and, until the guest runs, unknown. */
  void register() {
    if (memory != null) {
      return;
    }
    memory = add("memory", "Memory currently allocated to VM", "B", true);
    target = add("memory_target", "Target of VM balloon driver", "B", true);
    if (nodes == 1) {
      return;
    }
    memoryOfNode = new Gauge[nodes];
    for (int node = 0; node < nodes; node++) {
      memoryOfNode[node] = ofNode(sources, owner, node);
    }
    nodesUsed = ofNodesUsed(sources, owner);
  }

  private Gauge add(String name, String text, String units, boolean enabled) {
    return add(sources, owner, name, text, units, enabled);
  }

  /** Adds the source of what a VM has of one node; off by default. */
  static Gauge ofNode(DataSources sources, Owner owner, int node) {
    return add(sources, owner, NODE_NAMES[node], NODE_TEXTS[node], "B", false);
  }

  /** Adds the source of how many nodes hold memory of a VM; off by default. */
  static Gauge ofNodesUsed(DataSources sources, Owner owner) {
    return add(sources, owner, "numa_nodes", "NUMA nodes that hold memory of VM", "count", false);
  }

  private static Gauge add(
      DataSources sources, Owner owner, String name, String text, String units, boolean enabled) {
    return sources.add(
        new Gauge(
            new Description(
                owner,
                name,
                text,
                units,
                Description.Type.GAUGE,
                true,
                0,
                Double.POSITIVE_INFINITY,
                false,
                enabled),
            Double.NaN));
  }

  void update(VmMemory vm) {
    if (memory == null || vm.state() == VmMemory.State.BUILDING) {
      return;
    }
    if (!vm.isDomain()) {
      memory.set(Double.NaN);
      target.set(Double.NaN);
      if (nodes == 1) {
        return;
      }
      for (int node = 0; node < nodes; node++) {
        memoryOfNode[node].set(Double.NaN);
      }
      nodesUsed.set(Double.NaN);
      return;
    }
    memory.set(vm.actualKib() * BYTES_PER_KIB);
    target.set(vm.targetKib() * BYTES_PER_KIB);
    if (nodes == 1) {
      return;
    }
    int used = 0;
    for (int node = 0; node < nodes; node++) {
      long kib = vm.heldKib(node);
      if (kib > NODE_COUNTS_ABOVE_KIB) {
        used++;
        memoryOfNode[node].set(kib * BYTES_PER_KIB);
      } else {
        memoryOfNode[node].set(Double.NaN);
      }
    }
    nodesUsed.set(used);
  }
}
