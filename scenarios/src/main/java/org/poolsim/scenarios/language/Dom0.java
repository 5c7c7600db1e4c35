// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.memory.Dom0Sizing;
import org.poolsim.memory.xenstore.StoreDaemon;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** A host's control domain. */
@Doc("A host's control domain.")
public record Dom0(
    @Doc("vCPUs.")
        @Within(min = "1", max = "4096")
        @Computed(
            "what the installer gives: as many as pCPUs, at most 16, at most 8 below 4 GiB and 4"
                + " below 2 GiB of dom0 memory; by steps at most 4 below 24 pCPUs, 6 below 32, 8"
                + " from there on")
        Integer vcpus,
    @Doc("Memory.")
        @Measured(Quantity.SIZE)
        @Within(min = "64MiB", max = "1TiB")
        @Computed(
            "what the installer gives: 1 GiB and 5 % of the host's memory, in steps of 16 MiB, at"
                + " most 8 GiB; by steps 752 MiB below 24 GiB, 2 GiB below 48 GiB, 3 GiB below 64"
                + " GiB, 4 GiB from there on")
        Long memory,
    @Doc(
            "Whose installer gives what is not said: current, or steps, that of XenServer 6.x and"
                + " 7.0.")
        @Default("current")
        Dom0Sizing sizing,
    @Doc("Scheduling weight; 256 is Xen's default. credit-xenserver recomputes it continuously.")
        @Within(min = "1", max = "65535")
        @Default("256")
        int weight,
    @Doc(
            "The xenstore daemon: oxenstored, XenServer's, or c-xenstored, whose cost grows with the"
                + " watches of all VMs.")
        @Default("oxenstored")
        StoreDaemon xenstored) {}
