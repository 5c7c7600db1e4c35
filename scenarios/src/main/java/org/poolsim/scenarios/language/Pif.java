// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Ref;
import org.poolsim.scenarios.yaml.Within;

/** A NIC of a host. */
@Doc("A physical NIC.")
public record Pif(
    @Doc("Device, for example eth0.") @Name(pattern = false) String name,
    @Doc("UUID as a real PIF has one.") @Absent("drawn from seed and name") String uuid,
    @Doc("Line rate in each direction.")
        @Measured(Quantity.DATA_RATE)
        @Within(min = "1Mbps", max = "10Tbps")
        long speed,
    @Doc("The network that it attaches the host to.")
        @Ref("network")
        @Computed("see pool.networks; none for a member of a bond")
        String network) {}
