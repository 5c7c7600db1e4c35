// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** Thresholds. */
@Doc("When a resource counts as saturated: above its threshold for at least a stated time.")
public record Saturation(
    @Doc("Share of the pCPU time that dom0 leaves.")
        @Measured(Quantity.SHARE)
        @Within(min = "0%", max = "100%")
        @Default("90%")
        double guestCpu,
    @Doc("Share of dom0's vCPU time.")
        @Measured(Quantity.SHARE)
        @Within(min = "0%", max = "100%")
        @Default("90%")
        double dom0Cpu,
    @Doc("Share of the host's memory.")
        @Measured(Quantity.SHARE)
        @Within(min = "0%", max = "100%")
        @Default("95%")
        double memory,
    @Doc("Share of time in which the array's devices are busy.")
        @Measured(Quantity.SHARE)
        @Within(min = "0%", max = "100%")
        @Default("90%")
        double array,
    @Doc("Share of time in which the array's queue is full.")
        @Measured(Quantity.SHARE)
        @Within(min = "0%", max = "100%")
        @Default("90%")
        double queue,
    @Doc("Share of a link's rate, in its busier direction.")
        @Measured(Quantity.SHARE)
        @Within(min = "0%", max = "100%")
        @Default("90%")
        double link,
    @Doc("Shortest time that counts.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "24h")
        @Default("10s")
        long atLeast) {}
