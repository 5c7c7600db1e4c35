// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.List;
import java.util.Optional;

/**
 * What the CPU section has beside the hosts' own strips.
 *
 * @param sentence how dom0 and the guests share the CPUs, for example {@code dom0 has 16 vCPUs of
 *     64 hardware threads on each host and competes with the guests under the credit scheduler.}
 * @param worstWaits the VMs that waited longest for a pCPU, worst first, at most ten
 * @param runQueue runnable vCPUs that wait, per host; empty when not recorded
 */
public record CpuDetail(String sentence, List<VmWait> worstWaits, Optional<Plot> runQueue) {
  public CpuDetail {
    worstWaits = List.copyOf(worstWaits);
  }

  /**
   * The vCPU wait of one VM.
   *
   * @param vm its name
   * @param host where it ran
   * @param share its wait as a share of time
   */
  public record VmWait(String vm, String host, HostResult.Share share) {}
}
