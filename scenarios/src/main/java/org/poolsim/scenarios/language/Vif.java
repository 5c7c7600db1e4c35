// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Ref;
import org.poolsim.scenarios.yaml.Within;

/** A NIC of a VM. */
@Doc("A NIC of a VM.")
public record Vif(
    @Doc("The network.") @Ref("network") String network,
    @Doc("Its number in the guest.")
        @Within(min = "0", max = "255")
        @Computed("0, 1 and so on, in order")
        Integer device,
    @Doc("MAC address.") @Absent("drawn from the seed") String mac,
    @Doc("Transmit limit (the toolstack's ratelimit).")
        @Measured(Quantity.DATA_RATE)
        @Within(min = "1kB/s", max = "10Tbps")
        @Absent("none")
        Long limit) {}
