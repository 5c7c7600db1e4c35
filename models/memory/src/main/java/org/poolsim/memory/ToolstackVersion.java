// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/** What differs between toolstacks in the memory that they hold back. */
public enum ToolstackVersion {
  /** Before 22 January 2026: 1 MiB emergency pool, no charge for a vCPU's own pages. */
  BEFORE_2026(9_216, 0),
  /** Since then: 64 MiB emergency pool (xen-api 4275f76a), 38 pages a vCPU (xen-api ec3bd4a8). */
  SINCE_2026(73_728, 38);

  private final long hostFreeTargetKib;
  private final int pagesPerVcpu;

  ToolstackVersion(long hostFreeTargetKib, int pagesPerVcpu) {
    this.hostFreeTargetKib = hostFreeTargetKib;
    this.pagesPerVcpu = pagesPerVcpu;
  }

  /** Returns what squeezed always keeps free, in KiB: the emergency pool and 8 MiB. */
  public long hostFreeTargetKib() {
    return hostFreeTargetKib;
  }

  /** Returns the 4-KiB pages that a VM's overhead holds for each vCPU. */
  public int pagesPerVcpu() {
    return pagesPerVcpu;
  }
}
