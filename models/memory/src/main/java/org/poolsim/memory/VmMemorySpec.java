// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/**
 * The memory of a VM.
 *
 * @param type how it is virtualised
 * @param limits its static and dynamic range
 * @param vcpus VCPUs_max
 * @param shadowMultiplier HVM_shadow_multiplier, 1 by default
 * @param videoMib video memory within static_max, 4 by default
 * @param hardAffinity whether the VM is bound to pCPUs, so that the NUMA planner leaves it alone
 * @param balloon its balloon driver
 */
public record VmMemorySpec(
    VmMemoryBreakdown.Type type,
    MemoryLimits limits,
    int vcpus,
    double shadowMultiplier,
    int videoMib,
    boolean hardAffinity,
    BalloonSpec balloon) {
  /** Returns an HVM guest with Linux' balloon driver. */
  public static VmMemorySpec hvm(MemoryLimits limits, int vcpus) {
    return new VmMemorySpec(
        VmMemoryBreakdown.Type.HVM, limits, vcpus, 1, 4, false, BalloonSpec.linux());
  }

  /** Returns this VM with another balloon driver. */
  public VmMemorySpec withBalloon(BalloonSpec newBalloon) {
    return new VmMemorySpec(
        type, limits, vcpus, shadowMultiplier, videoMib, hardAffinity, newBalloon);
  }

  /**
   * Returns what xenopsd reckons with for a memory of {@code targetKib}: the multiplier counts for
   * HVM alone.
   */
  VmMemoryBreakdown breakdown(long targetKib, ToolstackVersion version) {
    double multiplier = type == VmMemoryBreakdown.Type.HVM ? shadowMultiplier : 1;
    return breakdown(targetKib, multiplier, version);
  }

  /** Returns what the domain takes beside its memory, in KiB; the target has no part in it. */
  public long overheadKib(ToolstackVersion version) {
    return breakdown(limits.staticMaxKib(), version).overheadMib() * 1024;
  }

  /** Returns what xapi reckons with before a start: the multiplier counts for all but PV. */
  VmMemoryBreakdown startCheckBreakdown(ToolstackVersion version) {
    double multiplier = type == VmMemoryBreakdown.Type.PV ? 1 : shadowMultiplier;
    long target =
        type == VmMemoryBreakdown.Type.PV_IN_PVH ? limits.staticMaxKib() : limits.dynamicMinKib();
    return breakdown(target, multiplier, version);
  }

  /** Returns what xapi wants to be available before it starts this VM, in KiB. */
  public long requiredForStartKib(ToolstackVersion version) {
    return startCheckBreakdown(version).footprintMib() * 1024;
  }

  private VmMemoryBreakdown breakdown(long targetKib, double multiplier, ToolstackVersion version) {
    return VmMemoryBreakdown.of(
        type,
        roundUpToMib(limits.staticMaxKib()),
        roundUpToMib(targetKib),
        videoMib,
        vcpus,
        multiplier,
        version);
  }

  private static long roundUpToMib(long kib) {
    return (kib + 1023) / 1024;
  }
}
