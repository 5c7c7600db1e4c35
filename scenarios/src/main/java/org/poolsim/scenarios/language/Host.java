// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.CompletedBy;
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

/** One host, or several alike. */
@Doc("A host, or several alike if the name has a range.")
@CompletedBy("template")
public record Host(
    @Doc("Name, or a pattern such as host-[1..4].") @Name String name,
    @Doc("The host template to start from.") @Ref("host template") @Absent("none") String template,
    @Doc("UUID as a real host has one.") @Absent("drawn from seed and name") String uuid,
    @Doc("Its pCPUs.") Cpu cpu,
    @Doc("How closely each resource is followed on this host.") @Computed("the scenario's fidelity")
        Fidelities fidelity,
    @Doc("All of its memory, Xen's own included.")
        @Measured(Quantity.SIZE)
        @Within(min = "256MiB", max = "64TiB")
        long memory,
    @Doc("What Xen keeps for itself.")
        @Measured(Quantity.SIZE)
        @Within(min = "0B", max = "1TiB")
        @Computed("128 MiB and 32 bytes for each 4-KiB page")
        Long xenMemory,
    @Doc("How its toolstack shares memory out.") @Computed("the pool's") MemoryPolicy memoryPolicy,
    @Doc("Its control domain.") @Default("{}") Dom0 dom0,
    @Doc("Its NICs.") @Most(64) @Default("[]") List<Pif> pifs,
    @Doc("Its bonds.") @Most(64) @Default("[]") List<Bond> bonds,
    @Doc("Its VLANs.") @Most(4096) @Default("[]") List<Vlan> vlans,
    @Doc("Its GPUs: inventory only, nothing is simulated on them.") @Most(64) @Default("[]")
        List<String> gpus,
    @Doc("What raises an alarm, as other-config:perfmon says on a real host.")
        @OrOne
        @Most(100)
        @Default("[]")
        List<Perfmon> perfmon) {}
