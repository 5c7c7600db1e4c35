// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Ref;
import org.poolsim.scenarios.yaml.Shorthand;
import org.poolsim.scenarios.yaml.Within;

/** What a storage device can do. */
@Doc("What one storage device can do. Written as a name, it is the class alone.")
@Shorthand("type")
public record Device(
    @Doc("The class: hdd-7200, hdd-10k, hdd-15k, ssd-sata, ssd-nvme or optane.")
        @Ref("device class")
        String type,
    @Doc("Unloaded random read of 4 KiB, without the transfer.")
        @Measured(Quantity.TIME)
        @Within(min = "1ns", max = "10s")
        @Computed("as the class")
        Long readLatency,
    @Doc("Unloaded random write of 4 KiB, without the transfer.")
        @Measured(Quantity.TIME)
        @Within(min = "1ns", max = "10s")
        @Computed("as the class")
        Long writeLatency,
    @Doc("Most random reads.")
        @Measured(Quantity.EVENT_RATE)
        @Within(min = "1/s", max = "100000000/s")
        @Computed("as the class")
        Double reads,
    @Doc("Most sustained random writes.")
        @Measured(Quantity.EVENT_RATE)
        @Within(min = "1/s", max = "100000000/s")
        @Computed("as the class")
        Double writes,
    @Doc("Most that it reads in sequence.")
        @Measured(Quantity.DATA_RATE)
        @Within(min = "1kB/s", max = "1000GB/s")
        @Computed("as the class")
        Long readRate,
    @Doc("Most that it writes in sequence.")
        @Measured(Quantity.DATA_RATE)
        @Within(min = "1kB/s", max = "1000GB/s")
        @Computed("as the class")
        Long writeRate) {}
