// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.memory.NumaPolicy;
import org.poolsim.memory.ToolstackVersion;
import org.poolsim.pool.spec.MemoryPolicySpec;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;

/** How a host's toolstack shares out memory. */
@Doc("How a host's toolstack shares out memory.")
public record MemoryPolicy(
    @Doc(
            "The ballooning daemon: faithful, or intended, which leaves VMs that do not move out for"
                + " five minutes so that one of them does not keep the others swinging.")
        @Default("faithful")
        MemoryPolicySpec.Squeezing squeezed,
    @Doc(
            "How VMs are placed on NUMA nodes, one for each socket; the node's pCPUs become their"
                + " soft affinity (hard for best-effort-hard) unless they have an affinity.")
        @Default("best-effort")
        NumaPolicy numa,
    @Doc(
            "The toolstack's age: since-2026 keeps 72 MiB free and charges 38 pages for each vCPU,"
                + " before-2026 keeps 9 MiB free.")
        @Default("since-2026")
        ToolstackVersion toolstack) {}
