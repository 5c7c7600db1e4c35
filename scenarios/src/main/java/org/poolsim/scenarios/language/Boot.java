// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** The work of a boot. */
@Doc(
    "The work of a guest's boot, between unpause and ready: rounds of one read and a share of the"
        + " CPU time.")
public record Boot(
    @Doc("CPU time of the whole boot.")
        @Measured(Quantity.TIME)
        @Within(min = "1ns", max = "24h")
        @Default("8s")
        long cpu,
    @Doc("Reads from the first disk; none if the VM has no disk.")
        @Within(min = "0", max = "10000000")
        @Default("2000")
        int reads,
    @Doc("Size of each read.")
        @Measured(Quantity.SIZE)
        @Within(min = "1B", max = "1GiB")
        @Default("16KiB")
        long readSize) {}
