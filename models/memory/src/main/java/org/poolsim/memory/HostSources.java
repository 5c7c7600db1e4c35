// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;

/**
 * The data sources that a real host records of its memory (fact sheet on RRDs, section 7.2), and
 * dom0's, which never change.
 */
final class HostSources {
  private static final double BYTES_PER_KIB = 1024;

  private final Gauge free;
  private final Gauge reclaimed;
  private final Gauge reclaimedMax;

  HostSources(DataSources sources, Owner host, Owner dom0, HostMemorySpec spec) {
    add(sources, host, "memory_total_kib", "Total amount of memory in use", "KiB", 0)
        .set((double) spec.totalKib());
    free = add(sources, host, "memory_free_kib", "Total amount of free memory", "KiB", 0);
    reclaimed =
        add(
            sources,
            host,
            "memory_reclaimed",
            "Host memory reclaimed by squeezed",
            "B",
            Double.NEGATIVE_INFINITY);
    reclaimedMax =
        add(
            sources,
            host,
            "memory_reclaimed_max",
            "Host memory that could be reclaimed by squeezed",
            "B",
            Double.NEGATIVE_INFINITY);
    add(sources, dom0, "memory", "Memory currently allocated to VM", "B", 0)
        .set(spec.dom0Kib() * BYTES_PER_KIB);
    add(sources, dom0, "memory_target", "Target of VM balloon driver", "B", 0)
        .set(spec.dom0Kib() * BYTES_PER_KIB);
  }

  private static Gauge add(
      DataSources sources, Owner owner, String name, String text, String units, double min) {
    return sources.add(
        new Gauge(
            new Description(
                owner,
                name,
                text,
                units,
                Description.Type.GAUGE,
                true,
                min,
                Double.POSITIVE_INFINITY,
                false,
                true),
            0));
  }

  /** What dom0 has of each node of a host with several; it stays. */
  static void registerDom0Nodes(DataSources sources, Owner dom0, long[] kibOfNode) {
    int used = 0;
    for (int node = 0; node < kibOfNode.length; node++) {
      boolean counts = kibOfNode[node] > VmSources.NODE_COUNTS_ABOVE_KIB;
      used += counts ? 1 : 0;
      VmSources.ofNode(sources, dom0, node)
          .set(counts ? kibOfNode[node] * BYTES_PER_KIB : Double.NaN);
    }
    VmSources.ofNodesUsed(sources, dom0).set(used);
  }

  void setFreeKib(long kib) {
    free.set((double) kib);
  }

  /** What ballooning has taken from the VMs, and what it could still take. */
  void setReclaimedKib(long reclaimedKib, long reclaimableKib) {
    reclaimed.set(reclaimedKib * BYTES_PER_KIB);
    reclaimedMax.set(reclaimableKib * BYTES_PER_KIB);
  }
}
