// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.List;

/**
 * A pool and its VMs.
 *
 * @param name for people
 * @param uuid may be {@code null}
 * @param referenceClockHertz the clock at which CPU times of requests and boots are stated; on a
 *     host with another clock they take longer or shorter in proportion. 0: they are stated for
 *     whatever host they run on
 * @param hosts at least one; the first is the coordinator
 * @param networkBackend what switches packets in dom0
 * @param networks the pool's networks
 * @param arrays the devices under the SRs
 * @param srs the pool's SRs
 * @param vdis the images on them
 * @param ha high availability as configured
 * @param vms the VMs
 * @param startCosts what the toolstack spends on a VM start
 */
public record PoolSpec(
    String name,
    String uuid,
    long referenceClockHertz,
    List<HostSpec> hosts,
    NetworkBackend networkBackend,
    List<NetworkSpec> networks,
    List<ArraySpec> arrays,
    List<SrSpec> srs,
    List<VdiSpec> vdis,
    HaSpec ha,
    List<VmSpec> vms,
    StartCostSpec startCosts) {
  public PoolSpec {
    Require.name(name, "the pool");
    Require.notNegative(referenceClockHertz, "reference clock in Hz");
    hosts = List.copyOf(hosts);
    networks = List.copyOf(networks);
    arrays = List.copyOf(arrays);
    srs = List.copyOf(srs);
    vdis = List.copyOf(vdis);
    vms = List.copyOf(vms);
    Require.notEmpty(hosts, "the host list");
    Require.present(networkBackend, "the network backend");
    Require.present(ha, "HA");
    Require.present(startCosts, "the start costs");
    Require.unique(hosts.stream().map(HostSpec::name).toList(), "hosts");
    Require.unique(networks.stream().map(NetworkSpec::name).toList(), "networks");
    Require.unique(arrays.stream().map(ArraySpec::name).toList(), "arrays");
    Require.unique(srs.stream().map(SrSpec::name).toList(), "SRs");
    Require.unique(vdis.stream().map(VdiSpec::name).toList(), "VDIs");
    Require.unique(vms.stream().map(VmSpec::name).toList(), "VMs");
  }

  /** Creates a pool of hosts and VMs without disks and networks. */
  public PoolSpec(String name, List<HostSpec> hosts, List<VmSpec> vms) {
    this(
        name,
        null,
        0,
        hosts,
        NetworkBackend.OPENVSWITCH,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        HaSpec.OFF,
        vms,
        StartCostSpec.DEFAULT);
  }
}
