// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Shorthand;
import org.poolsim.scenarios.yaml.Within;

/** What a guest does with its memory. */
@Doc(
    "What a guest does with its memory. What of the working set is not there is read from the swap"
        + " on the first disk when a request or the boot touches it; levels of CPU demand touch"
        + " nothing. Written as a size, it is the size alone.")
@Shorthand("size")
public record WorkingSet(
    @Doc("Pages in use.") @Measured(Quantity.SIZE) @Within(min = "1MiB", max = "64TiB") long size,
    @Doc("Kernel and all else that is never given up.")
        @Measured(Quantity.SIZE)
        @Within(min = "0B", max = "64TiB")
        @Default("128MiB")
        long base,
    @Doc("File cache that it would like to keep; given up before any page in use.")
        @Measured(Quantity.SIZE)
        @Within(min = "0B", max = "64TiB")
        @Default("0B")
        long cache,
    @Doc(
            "Pages touched for each second of CPU time, those touched a moment ago not counted. An"
                + " assumption, calibrate before relying on it.")
        @Measured(Quantity.EVENT_RATE)
        @Within(min = "1/s", max = "1000000000/s")
        @Default("100000/s")
        double touches,
    @Doc("1 for uniform access, 2 to 3 where few pages take most of it.")
        @Within(min = "1", max = "10")
        @Default("1")
        double skew,
    @Doc("Part of the pages that have to be written before they can be given up.")
        @Measured(Quantity.SHARE)
        @Within(min = "0%", max = "100%")
        @Default("50%")
        double dirty,
    @Doc("Time of a read of the swap of a VM without a disk.")
        @Measured(Quantity.TIME)
        @Within(min = "1us", max = "10s")
        @Default("150us")
        long swapLatency) {}
