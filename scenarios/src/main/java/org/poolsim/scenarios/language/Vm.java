// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import org.poolsim.pool.spec.DomainType;
import org.poolsim.pool.spec.PowerState;
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

/** One VM, or several alike. */
@Doc(
    "A VM, or several alike if the name has a range. A range in host, clone_of, a disk's name or a"
        + " trace's file or column of the same VM is walked together with the name's, from the"
        + " start again when it ends.")
@CompletedBy("template")
public record Vm(
    @Doc("Name, or a pattern such as desktop-[1..240].") @Name String name,
    @Doc("The VM template to start from.") @Ref("VM template") @Absent("none") String template,
    @Doc("UUID as a real VM has one.") @Absent("drawn from seed and name") String uuid,
    @Doc("How it is virtualised: hvm, pvh or pv.") @Default("hvm") DomainType type,
    @Doc("vCPUs.") @Within(min = "1", max = "4096") int vcpus,
    @Doc("Its memory; written as a size, that is static_max without room for a balloon.")
        VmMemory memory,
    @Doc("Scheduling weight; 256 is Xen's default. It counts for each busy vCPU, not for the VM.")
        @Within(min = "1", max = "65535")
        @Default("256")
        int weight,
    @Doc("Most CPU that the VM gets together, in percent of one pCPU: 150% is one and a half.")
        @Measured(Quantity.SHARE)
        @Within(min = "1%", max = "409600%")
        @Absent("no cap")
        Double cap,
    @Doc(
            "Hard affinity as the toolstack's mask: pCPUs such as 0-3,8 for each vCPU, the first"
                + " entry for every vCPU beyond the list. One text may hold several, separated by"
                + " semicolons. pCPUs that the host does not have are left out; a host without any"
                + " of them does not start the VM.")
        @OrOne
        @Most(4096)
        @Default("[]")
        List<String> affinity,
    @Doc("The pCPUs that the vCPUs prefer among those, written likewise.")
        @OrOne
        @Most(4096)
        @Default("[]")
        List<String> softAffinity,
    @Doc("Period and budget of its vCPUs, on hosts that run the rtds scheduler.")
        @Absent("what rtds gives by default: 4 ms in 10 ms, with extratime")
        RealTime rtds,
    @Doc("Its disks; the first is the one that it boots from.") @Most(255) @Default("[]")
        List<Disk> disks,
    @Doc("Its NICs.") @Most(255) @Default("[]") List<Vif> vifs,
    @Doc("The host that it must run on.") @Ref("host") @Name @Absent("placed by the pool")
        String host,
    @Doc("When it starts.") @Absent("it runs from the beginning, or never") Start start,
    @Doc("Its state at the beginning: running (since before; it does not boot) or halted.")
        @Computed("halted if it has a start, otherwise running")
        PowerState powerState,
    @Doc("The work of its boot.") @Default("{}") Boot boot,
    @Doc(
            "What it does while it runs: one workload or several at once. A name is a profile:"
                + " office-desktop, web, database, batch, idle, or one of the scenario's"
                + " workloads.")
        @OrOne
        @Most(64)
        @Default("idle")
        List<Workload> workload,
    @Doc("What raises an alarm, as other-config:perfmon says on a real VM.")
        @OrOne
        @Most(100)
        @Default("[]")
        List<Perfmon> perfmon) {}
