// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.pool.spec.BalloonDriverSpec;
import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Shorthand;
import org.poolsim.scenarios.yaml.Within;

/** A guest's balloon driver. */
@Doc(
    "A guest's balloon driver, and what is wrong with it: at most one of stuck, never_below,"
        + " never_above, rests and idle_until. Written as a word, it is the driver alone.")
@Shorthand("driver")
public record Balloon(
    @Doc(
            "Whose driver it is. linux waits 1, 2, 4 ... 32 s when it gets no page, windows a second."
                + " With none the guest never balloons.")
        @Default("linux")
        BalloonDriverSpec.Guest driver,
    @Doc("How fast it moves memory.")
        @Measured(Quantity.DATA_RATE)
        @Within(min = "1MiB/s", max = "1024GiB/s")
        @Computed("1GiB/s for linux, 200MiB/s for windows; both are assumptions")
        Long rate,
    @Doc("From the unpause to its announcement. Until then squeezed can move nothing.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "24h")
        @Absent("the whole boot")
        Long booting,
    @Doc("Whether it announces itself and never moves.") @Default("false") boolean stuck,
    @Doc("It never takes the guest below this.")
        @Measured(Quantity.SIZE)
        @Within(min = "1MiB", max = "64TiB")
        @Absent("no such limit")
        Long neverBelow,
    @Doc("It never lets the guest grow above this.")
        @Measured(Quantity.SIZE)
        @Within(min = "1MiB", max = "64TiB")
        @Absent("no such limit")
        Long neverAbove,
    @Doc("It works and rests for this long in turns, working first.")
        @Measured(Quantity.TIME)
        @Within(min = "1ms", max = "24h")
        @Absent("it never rests")
        Long rests,
    @Doc("It does nothing before this time of the run.")
        @Measured(Quantity.TIME)
        @Within(min = "1ms", max = "3660d")
        @Absent("it works from the start")
        Long idleUntil) {}
