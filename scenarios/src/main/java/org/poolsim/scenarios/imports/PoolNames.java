// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

/**
 * The names that the objects of one pool get; each kind has its own.
 *
 * @param hosts of hosts
 * @param networks of networks
 * @param srs of SRs and the arrays under them
 * @param images of VDIs
 * @param vms of VMs
 */
record PoolNames(Names hosts, Names networks, Names srs, Names images, Names vms) {
  static PoolNames empty() {
    return new PoolNames(new Names(), new Names(), new Names(), new Names(), new Names());
  }
}
