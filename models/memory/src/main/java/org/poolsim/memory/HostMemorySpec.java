// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/**
 * The memory of a host.
 *
 * @param totalKib all of it, Xen's own included
 * @param xenKib what Xen keeps
 * @param dom0Kib what dom0 has; it never balloons
 * @param numa its nodes; memory is spread over them evenly
 * @param numaPolicy how VMs are placed on them
 * @param version the toolstack
 * @param squeezed the ballooning daemon
 * @param scrubBytesPerSecond how fast the idle CPUs of one node clear the pages of dead domains;
 *     above 0
 */
public record HostMemorySpec(
    long totalKib,
    long xenKib,
    long dom0Kib,
    NumaTopology numa,
    NumaPolicy numaPolicy,
    ToolstackVersion version,
    SqueezedSettings squeezed,
    double scrubBytesPerSecond) {
  /** One core's clearing of memory; 4 to 10 GB/s are plausible, none is published. */
  public static final double SCRUB_BYTES_PER_SECOND = 6e9;

  public HostMemorySpec {
    if (xenKib < 0 || dom0Kib < 0 || xenKib + dom0Kib > totalKib) {
      throw new IllegalArgumentException(
          "Xen's "
              + xenKib
              + " KiB and dom0's "
              + dom0Kib
              + " KiB are not negative and fit into the host's "
              + totalKib
              + " KiB");
    }
    if (!(scrubBytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "memory is scrubbed at more than 0 B/s: " + scrubBytesPerSecond);
    }
  }

  /** Returns a host of today's toolstack as it is installed. */
  public static HostMemorySpec installed(long totalKib, NumaTopology numa) {
    return new HostMemorySpec(
        totalKib,
        Dom0Sizing.xenKib(totalKib),
        Dom0Sizing.CURRENT.dom0Kib(totalKib),
        numa,
        NumaPolicy.BEST_EFFORT,
        ToolstackVersion.SINCE_2026,
        SqueezedSettings.of(ToolstackVersion.SINCE_2026),
        SCRUB_BYTES_PER_SECOND);
  }

  /** Returns this host with other amounts for Xen and dom0, in KiB. */
  public HostMemorySpec withOwn(long newXenKib, long newDom0Kib) {
    return new HostMemorySpec(
        totalKib, newXenKib, newDom0Kib, numa, numaPolicy, version, squeezed, scrubBytesPerSecond);
  }

  /** Returns this host with another daemon. */
  public HostMemorySpec withSqueezed(SqueezedSettings newSqueezed) {
    return new HostMemorySpec(
        totalKib, xenKib, dom0Kib, numa, numaPolicy, version, newSqueezed, scrubBytesPerSecond);
  }

  /** Returns this host with another toolstack, its daemon unchanged in all but the reserve. */
  public HostMemorySpec withVersion(ToolstackVersion newVersion) {
    return new HostMemorySpec(
        totalKib,
        xenKib,
        dom0Kib,
        numa,
        numaPolicy,
        newVersion,
        squeezed.withFreeTarget(newVersion.hostFreeTargetKib(), squeezed.toleranceKib()),
        scrubBytesPerSecond);
  }
}
