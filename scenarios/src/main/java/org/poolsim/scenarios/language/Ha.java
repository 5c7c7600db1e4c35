// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** High availability. */
@Doc("High availability as configured; no policy is simulated yet.")
public record Ha(
    @Doc("Whether it is on.") @Default("false") boolean enabled,
    @Doc("The fencing policy.") @Name(pattern = false) @Default("xhad") String policy,
    @Doc("The base timeout.")
        @Measured(Quantity.TIME)
        @Within(min = "1s", max = "1h")
        @Default("60s")
        long timeout,
    @Doc("Host failures that the pool is to survive.")
        @Within(min = "0", max = "10000")
        @Default("0")
        int hostFailuresToTolerate) {}
