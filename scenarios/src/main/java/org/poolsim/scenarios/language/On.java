// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.Ref;
import org.poolsim.scenarios.yaml.Shorthand;

/** What serves an SR. */
@Doc("What serves an SR.")
@Shorthand("array")
public record On(
    @Doc("The array. A local SR on several hosts has such an array on each of them.")
        @Ref("array")
        @Name
        String array) {}
