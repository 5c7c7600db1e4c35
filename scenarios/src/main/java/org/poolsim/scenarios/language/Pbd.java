// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.Ref;
import org.poolsim.scenarios.yaml.Shorthand;

/** An attachment of an SR. */
@Doc("A host's attachment to an SR.")
@Shorthand("host")
public record Pbd(
    @Doc("The host, or a pattern.") @Ref("host") @Name String host,
    @Doc("The PIF or bond that carries the traffic.")
        @Ref("PIF or bond of the host")
        @Computed("the SR's via")
        String via) {}
