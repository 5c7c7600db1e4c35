// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** A layer-2 segment. */
@Doc(
    "A layer-2 segment of the pool. On a host where nothing attaches to it, it is internal to that"
        + " host.")
public record Network(
    @Doc("Name, or a pattern.") @Name String name,
    @Doc("UUID as a real network has one.") @Absent("drawn from seed and name") String uuid,
    @Doc("Largest packet.")
        @Measured(Quantity.SIZE)
        @Within(min = "68B", max = "65535B")
        @Default("1500B")
        int mtu) {}
