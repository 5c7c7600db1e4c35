// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import org.poolsim.pool.spec.BondSpec.BondMode;
import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Most;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.Ref;

/** PIFs that act as one. */
@Doc("PIFs that act as one.")
public record Bond(
    @Doc("Device, for example bond0.") @Name(pattern = false) String name,
    @Doc("UUID as a real bond has one.") @Absent("drawn from seed and name") String uuid,
    @Doc("Its PIFs, in order.") @Most(64) List<String> of,
    @Doc(
            "How traffic is spread: balance-slb (each VIF keeps to one member), active-backup (one"
                + " member carries everything) or lacp (each flow keeps to one member).")
        @Default("balance-slb")
        BondMode mode,
    @Doc("The network that it attaches the host to.") @Ref("network") @Computed("see pool.networks")
        String network) {}
