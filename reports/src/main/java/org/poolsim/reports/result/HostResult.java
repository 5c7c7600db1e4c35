// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.List;
import java.util.Optional;

/**
 * One host: its figures for the host table and its series for the strips. Shares are of that host's
 * own capacity.
 *
 * @param name the host's name
 * @param note what needs saying beside the name, for example {@code died 1:10:00}; may be empty
 * @param dom0Cpu share of dom0's vCPUs that is busy
 * @param guestCpu share of the host's CPUs that guests use
 * @param memory share of the host's memory in use
 * @param storageLink share of the link to storage; empty without one
 * @param network share of the busiest other link; empty without one
 * @param vmsAtEnd VMs running on it at the end
 * @param memoryParts what its memory is used for; empty when not recorded
 * @param absent when the host was not there
 */
public record HostResult(
    String name,
    String note,
    Share dom0Cpu,
    Share guestCpu,
    Share memory,
    Optional<Share> storageLink,
    Optional<Share> network,
    int vmsAtEnd,
    Optional<MemoryParts> memoryParts,
    List<Period> absent) {
  public HostResult {
    absent = List.copyOf(absent);
  }

  /**
   * A share of a capacity over the run.
   *
   * @param p95 95th percentile over time, 0..1
   * @param threshold above which it counts as saturated, 0..1
   * @param secondsOver simulated seconds over the threshold
   * @param columns the share over time, 0..1
   */
  public record Share(double p95, double threshold, double secondsOver, Columns columns) {
    /** The share's figures as its columns have them. */
    public static Share of(Columns columns, double threshold) {
      return new Share(
          columns.percentileOfMeans(95), threshold, columns.secondsAbove(threshold), columns);
    }
  }

  /**
   * What a host's memory is used for, in bytes over time.
   *
   * @param guests all guests together
   * @param dom0 dom0
   * @param xen Xen itself and the VMs' overheads
   * @param free unused
   */
  public record MemoryParts(Columns guests, Columns dom0, Columns xen, Columns free) {}
}
