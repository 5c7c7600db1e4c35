// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.pool.spec.VbdSpec.Mode;
import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Ref;
import org.poolsim.scenarios.yaml.Within;

/** A disk of a VM. */
@Doc("A disk of a VM.")
public record Disk(
    @Doc("The image on the SR. A name that pool.images or another VM has is that image, shared.")
        @Name
        @Computed("VM name and device, such as web-1-xvda")
        String name,
    @Doc("The SR.") @Ref("SR") @Computed("that of the image that it names") String sr,
    @Doc("What the guest sees.")
        @Measured(Quantity.SIZE)
        @Within(min = "1MiB", max = "64TiB")
        @Computed("that of the image that it names or is a clone of")
        Long size,
    @Doc("Device as the guest names it.")
        @Name(pattern = false)
        @Computed("xvda, xvdb and so on, in order")
        String device,
    @Doc("read-write or read-only.") @Default("read-write") Mode mode,
    @Doc("The image that it is a clone of.") @Ref("image") @Name @Absent("none") String cloneOf) {}
