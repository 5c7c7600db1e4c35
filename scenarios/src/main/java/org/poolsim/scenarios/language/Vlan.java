// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Ref;
import org.poolsim.scenarios.yaml.Within;

/** A tagged network on a PIF or bond. */
@Doc("A tagged network on a PIF or bond.")
public record Vlan(
    @Doc("The PIF or bond.") @Ref("PIF or bond of the host") String on,
    @Doc("The tag.") @Within(min = "0", max = "4094") int tag,
    @Doc("The network that it attaches the host to.") @Ref("network") String network) {}
