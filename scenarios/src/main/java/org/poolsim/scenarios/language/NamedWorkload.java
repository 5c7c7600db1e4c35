// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Most;
import org.poolsim.scenarios.yaml.OrOne;
import org.poolsim.scenarios.yaml.Shorthand;

/** A workload of the scenario's own. */
@Doc("Workloads under a name of the scenario's own.")
@Shorthand("is")
public record NamedWorkload(@Doc("What it consists of.") @OrOne @Most(64) List<Workload> is) {}
