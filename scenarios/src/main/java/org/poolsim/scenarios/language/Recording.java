// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** What is recorded. */
@Doc("What is recorded.")
public record Recording(
    @Doc("Length of the windows over which utilisations and vCPU wait are averaged.")
        @Measured(Quantity.TIME)
        @Within(min = "1ms", max = "24h")
        @Default("10s")
        long window) {}
