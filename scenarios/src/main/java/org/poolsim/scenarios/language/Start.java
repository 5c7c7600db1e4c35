// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Shorthand;
import org.poolsim.scenarios.yaml.Within;

/** When a VM starts. */
@Doc("When a VM starts.")
@Shorthand("at")
public record Start(
    @Doc("Earliest start, since the beginning of the run.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "3660d")
        long at,
    @Doc("The start is drawn uniformly from at to at + spread.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "3660d")
        @Default("0s")
        long spread) {}
