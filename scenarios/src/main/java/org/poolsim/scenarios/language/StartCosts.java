// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** What a VM start costs. */
@Doc(
    "What the toolstack spends on a VM start. Engineering defaults: no published measurement per"
        + " step was found.")
public record StartCosts(
    @Doc("Operations that one host's xenopsd runs at a time.")
        @Within(min = "1", max = "1000")
        @Default("4")
        int workers,
    @Doc("Placement, on the coordinator, one start at a time.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "1h")
        @Default("50ms")
        long placement,
    @Doc("Domain creation, dom0 CPU.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "1h")
        @Default("150ms")
        long create,
    @Doc("Domain building, dom0 CPU, besides what the memory takes.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "1h")
        @Default("200ms")
        long build,
    @Doc("Domain building, dom0 CPU for each GiB given to the guest.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "1h")
        @Default("350ms")
        long buildPerGib,
    @Doc("Plugging a disk of a file-based SR.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "1h")
        @Default("400ms")
        long fileDiskPlug,
    @Doc("Plugging a disk of an LVM-based SR.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "1h")
        @Default("1s")
        long lvmDiskPlug,
    @Doc("Plugging a NIC.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "1h")
        @Default("300ms")
        long vifPlug,
    @Doc("Start of QEMU, HVM only, dom0 CPU.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "1h")
        @Default("700ms")
        long deviceModel) {}
