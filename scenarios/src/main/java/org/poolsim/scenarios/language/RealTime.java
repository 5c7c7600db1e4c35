// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** What each vCPU gets under rtds. */
@Doc("What each vCPU of a VM gets under the rtds scheduler.")
public record RealTime(
    @Doc("Period.") @Measured(Quantity.TIME) @Within(min = "10us", max = "1h") @Default("10ms")
        long period,
    @Doc("CPU time in each period, at most the period.")
        @Measured(Quantity.TIME)
        @Within(min = "10us", max = "1h")
        @Default("4ms")
        long budget,
    @Doc("Whether it may use what others leave once its budget is used up.") @Default("true")
        boolean extratime) {}
