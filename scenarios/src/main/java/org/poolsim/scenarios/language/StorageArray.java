// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** Devices that serve SRs. */
@Doc("Equal devices that serve one or more SRs.")
public record StorageArray(
    @Doc("Name, or a pattern.") @Name String name,
    @Doc("How many.") @Within(min = "1", max = "10000") @Default("1") int devices,
    @Doc("What each of them can do: the name of a class, or the class and what differs from it.")
        Device device,
    @Doc("RAID level.") @Default("0") Raid raid,
    @Doc("Rate of the array's own link, shared by all hosts.")
        @Measured(Quantity.DATA_RATE)
        @Within(min = "1Mbps", max = "10Tbps")
        @Absent("no link in between: local disks")
        Long link,
    @Doc("One-way latency between host and array.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "10s")
        @Default("0s")
        long latency,
    @Doc("Requests that the array accepts at a time; the others wait in the hosts.")
        @Within(min = "1", max = "1048576")
        @Default("256")
        int queueDepth) {}
