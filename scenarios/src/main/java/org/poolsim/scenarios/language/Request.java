// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Most;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.Within;

/** A type of request. */
@Doc("A type of request: steps, one after the other.")
public record Request(
    @Doc("Name of the type.") @Name(pattern = false) @Computed("request-1 and so on, in order")
        String name,
    @Doc("How often it is taken relative to the others.")
        @Within(min = "0.000001", max = "1000000000")
        @Default("1")
        double weight,
    @Doc("The steps.") @Most(1000) List<Step> steps) {}
