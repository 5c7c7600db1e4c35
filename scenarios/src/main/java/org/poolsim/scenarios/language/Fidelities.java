// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.pool.spec.Fidelity;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;

/** How closely each resource is followed. */
@Doc(
    "How closely each resource is followed: fluid (piecewise-constant rates) or detailed (every"
        + " decision, request or packet batch).")
public record Fidelities(
    @Doc("pCPUs and their scheduler.") @Default("fluid") Fidelity cpu,
    @Doc("Balloons and reservations.") @Default("fluid") Fidelity memory,
    @Doc("The data path of disks.") @Default("fluid") Fidelity storage,
    @Doc("Packets and flows.") @Default("fluid") Fidelity network) {}
