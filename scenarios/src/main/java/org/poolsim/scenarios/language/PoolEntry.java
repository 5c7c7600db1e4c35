// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Most;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** The pool. */
@Doc("Hosts, networks and storage.")
public record PoolEntry(
    @Doc("Name of the pool.") @Name(pattern = false) @Computed("the scenario's name") String name,
    @Doc("UUID as a real pool has one.") @Absent("drawn from seed and name") String uuid,
    @Doc(
            "The clock at which CPU times of requests and boots are stated; on a host with another"
                + " clock they take longer or shorter in proportion.")
        @Measured(Quantity.FREQUENCY)
        @Within(min = "1MHz", max = "100GHz")
        @Absent("they hold for whatever host they run on")
        Long referenceClock,
    @Doc("The hosts; the first is the coordinator.") @Most(10000) List<Host> hosts,
    @Doc("What switches packets.") @Default("{}") Switching network,
    @Doc("Layer-2 segments of the pool.")
        @Most(10000)
        @Computed(
            "the networks that VIFs and NICs name; one that a host attaches nowhere is carried by"
                + " its first bond, or else its first PIF, as a VLAN if that has a network already")
        List<Network> networks,
    @Doc("Devices under the SRs: external arrays, or the local disks of a host.")
        @Most(10000)
        @Default("[]")
        List<StorageArray> arrays,
    @Doc("Storage repositories.") @Most(10000) @Default("[]") List<Sr> storage,
    @Doc("Images that VMs share or clone.")
        @Most(100000)
        @Computed(
            "the images that clone_of names, on the SR and with the size of the first disk that"
                + " does")
        List<Image> images,
    @Doc("How the toolstack shares memory out on every host that does not say otherwise.")
        @Default("{}")
        MemoryPolicy memoryPolicy,
    @Doc("High availability as configured; no policy is simulated yet.") @Default("{}") Ha ha,
    @Doc(
            "What the toolstack spends on a VM start. Engineering defaults, calibrate before"
                + " relying on them.")
        @Default("{}")
        StartCosts startCosts) {}
