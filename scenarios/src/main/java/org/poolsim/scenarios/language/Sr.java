// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Most;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.OrOne;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Ref;
import org.poolsim.scenarios.yaml.Within;
import org.poolsim.storage.SrType;

/** A storage repository. */
@Doc("A storage repository.")
public record Sr(
    @Doc("Name, or a pattern.") @Name String name,
    @Doc("UUID as a real SR has one.") @Absent("drawn from seed and name") String uuid,
    @Doc("The driver.") SrType type,
    @Doc("What serves it.") On on,
    @Doc("How images are kept: vhd or raw. It follows from the type; stating it checks it.")
        @Computed("raw for types that have no images, otherwise vhd")
        Format format,
    @Doc("Whether every host sees the same content.")
        @Computed("false for ext, lvm and udev, otherwise true")
        Boolean shared,
    @Doc("Physical size.")
        @Measured(Quantity.SIZE)
        @Within(min = "1MiB", max = "100PiB")
        @Absent("unknown")
        Long size,
    @Doc("What of it is taken, throughout the run: its physical utilisation.")
        @Measured(Quantity.SIZE)
        @Within(min = "0B", max = "100PiB")
        @Absent("on LVM and raw types what the images take, otherwise unknown")
        Long used,
    @Doc("The PIF or bond that carries its traffic on every host.")
        @Ref("PIF or bond")
        @Absent("local disks, or a fabric of its own")
        String via,
    @Doc("The hosts that it is attached to.") @Most(10000) @Computed("every host, by the SR's via")
        List<Pbd> pbds,
    @Doc("What raises an alarm, as other-config:perfmon says on a real SR.")
        @OrOne
        @Most(100)
        @Default("[]")
        List<Perfmon> perfmon) {}
