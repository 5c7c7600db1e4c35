// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Ref;
import org.poolsim.scenarios.yaml.Within;

/** An image of its own. */
@Doc("A virtual disk image that VMs share or clone.")
public record Image(
    @Doc("Name, or a pattern.") @Name String name,
    @Doc("UUID as a real VDI has one.") @Absent("drawn from seed and name") String uuid,
    @Doc("The SR.") @Ref("SR") String sr,
    @Doc("What the guest sees.") @Measured(Quantity.SIZE) @Within(min = "0B", max = "64TiB")
        long size,
    @Doc("The image that it is a clone of.") @Ref("image") @Absent("none") String cloneOf) {}
