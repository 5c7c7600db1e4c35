// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Shorthand;
import org.poolsim.scenarios.yaml.Span;
import org.poolsim.scenarios.yaml.Within;

/** A VM's memory limits. */
@Doc(
    "A VM's memory: static_min <= dynamic low <= dynamic high <= static_max, and what its guest does"
        + " with it.")
@Shorthand("static_max")
public record VmMemory(
    @Doc("What the guest sees at boot.")
        @Measured(Quantity.SIZE)
        @Within(min = "1MiB", max = "64TiB")
        long staticMax,
    @Doc("The range in which its balloon driver is asked to be.")
        @Measured(Quantity.SIZE)
        @Within(min = "1MiB", max = "64TiB")
        @Computed("static_max, no room for a balloon")
        Span dynamic,
    @Doc("Least that the guest could ever run with.")
        @Measured(Quantity.SIZE)
        @Within(min = "0B", max = "64TiB")
        @Computed("the low end of dynamic")
        Long staticMin,
    @Doc("Its balloon driver.") @Default("{}") Balloon balloon,
    @Doc("What the guest does with its memory.")
        @Absent("too little memory does not slow the guest down")
        WorkingSet workingSet) {}
