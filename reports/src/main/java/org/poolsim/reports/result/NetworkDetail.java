// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.List;

/**
 * What the network section shows.
 *
 * @param sentence what carries the VMs' packets
 * @param links busiest first, at least one
 * @param plots the busiest link and dom0's CPU over the run's clock
 */
public record NetworkDetail(String sentence, List<Link> links, List<Plot> plots) {
  public NetworkDetail {
    links = List.copyOf(links);
    plots = List.copyOf(plots);
  }

  /**
   * A NIC of a host.
   *
   * @param name the host's name and the device
   * @param host the host's name
   * @param bond the bond that it is a member of; empty for none
   * @param bitsPerSecond of each direction
   * @param share of that rate, in the busier direction
   */
  public record Link(
      String name, String host, String bond, long bitsPerSecond, HostResult.Share share) {}
}
