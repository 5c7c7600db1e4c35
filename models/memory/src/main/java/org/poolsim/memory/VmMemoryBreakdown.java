// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/**
 * What a VM takes from its host, in whole MiB (fact sheet, section 7). Truth: {@code
 * vm-memory-overhead.csv}.
 *
 * @param shadowMib shadow or HAP pool
 * @param overheadMib all that is not the guest's own memory
 * @param footprintMib free memory that the build needs: target and overhead
 * @param buildMaxMib what the builder is told as the maximum
 * @param buildStartMib what the builder populates
 * @param xenMaxMib the ceiling that Xen is told
 */
public record VmMemoryBreakdown(
    long shadowMib,
    long overheadMib,
    long footprintMib,
    long buildMaxMib,
    long buildStartMib,
    long xenMaxMib) {
  private static final int PAGES_PER_MIB = 256;

  /** How a VM is virtualised. */
  public enum Type {
    HVM,
    PVH,
    PV,
    PV_IN_PVH;

    /** Returns what Xen counts beyond the guest's memory, in MiB. */
    int internalMib() {
      return this == PV ? 0 : 1;
    }

    /** Returns the PV shim's own memory for a guest of {@code mib}. */
    long shimMib(long mib) {
      return this == PV_IN_PVH ? 23 + mib / 90 : 0;
    }
  }

  /**
   * Computes the breakdown.
   *
   * @param staticMaxMib largest memory of the guest
   * @param targetMib memory at the start
   * @param videoMib video memory, part of {@code staticMaxMib}
   * @param vcpus VCPUs_max
   * @param shadowMultiplier HVM_shadow_multiplier, 1.0 by default; the callers differ in when they
   *     pass the VM's own
   */
  public static VmMemoryBreakdown of(
      Type type,
      long staticMaxMib,
      long targetMib,
      long videoMib,
      int vcpus,
      double shadowMultiplier,
      ToolstackVersion version) {
    // One MiB for each vCPU, one page for each MiB of p2m and one for each resident MiB.
    long shadowPages = (long) PAGES_PER_MIB * vcpus + 2 * staticMaxMib;
    long shadow = Math.max(1, (long) (roundUpToMib(shadowPages) * shadowMultiplier));
    long external = 1;
    long overhead =
        type.internalMib()
            + external
            + shadow
            + roundUpToMib((long) version.pagesPerVcpu() * vcpus)
            + type.shimMib(staticMaxMib);
    return new VmMemoryBreakdown(
        shadow,
        overhead,
        targetMib + overhead,
        staticMaxMib - videoMib + type.shimMib(staticMaxMib),
        targetMib - videoMib + type.shimMib(targetMib),
        staticMaxMib + type.internalMib() + type.shimMib(staticMaxMib));
  }

  /** Returns the 4-KiB pages that the builder claims. */
  public long buildClaimPages() {
    return buildStartMib * PAGES_PER_MIB;
  }

  private static long roundUpToMib(long pages) {
    return (pages + PAGES_PER_MIB - 1) / PAGES_PER_MIB;
  }
}
