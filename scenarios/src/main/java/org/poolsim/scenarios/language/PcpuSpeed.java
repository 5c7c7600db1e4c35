// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** pCPUs whose clock is not the host's nominal one. */
@Doc("pCPUs whose clock is not the host's nominal one.")
public record PcpuSpeed(
    @Doc("Which, for example 0-3,8.") String pcpus,
    @Doc("Their clock relative to the nominal one.")
        @Measured(Quantity.SHARE)
        @Within(min = "1%", max = "1000%")
        double speed) {}
