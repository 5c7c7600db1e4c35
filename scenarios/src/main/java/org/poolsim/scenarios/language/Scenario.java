// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import java.util.Map;
import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.CompletedBy;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Most;
import org.poolsim.scenarios.yaml.Name;
import org.poolsim.scenarios.yaml.OrOne;
import org.poolsim.scenarios.yaml.Partial;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** A scenario file: the root of the language. */
@Doc("A scenario: a pool, its VMs and what they do, what happens to them and what is expected.")
@CompletedBy("include")
public record Scenario(
    @Doc("Version of the language.") @Within(min = "1", max = "1") int poolsim,
    @Doc("Name of the scenario; it names the output directory.") @Name(pattern = false) String name,
    @Doc("The question that the scenario answers, for people.") @Absent("no description")
        String about,
    @Doc(
            "Files in the folder of the scenario or below it that this one builds on, relative to"
                + " the file that names them. Mappings are merged key by key, lists whose entries"
                + " have names entry by entry; everything else is replaced by the including file,"
                + " and a later include replaces an earlier one.")
        @OrOne
        @Most(16)
        @Absent("the file stands alone")
        List<String> include,
    @Doc("Seed of every random draw. Equal seeds give equal runs.") @Default("1") long seed,
    @Doc("Simulated time.") @Measured(Quantity.TIME) @Within(min = "1ms", max = "3660d")
        long duration,
    @Doc("How closely each resource is followed on every host that does not say otherwise.")
        @Default("{}")
        Fidelities fidelity,
    @Doc(
            "Factor on the demand of every workload: levels of CPU demand, numbers of clients"
                + " (rounded), arrival rates.")
        @Measured(Quantity.SHARE)
        @Within(min = "1%", max = "100000%")
        @Default("100%")
        double load,
    @Doc("The pool.") PoolEntry pool,
    @Doc(
            "Templates of hosts by name. A host that names one takes over every key that it does"
                + " not have itself, inside mappings as well; lists are taken whole. Templates may"
                + " name templates.")
        @Partial
        @Most(1000)
        @Default("{}")
        Map<String, Host> hostTemplates,
    @Doc(
            "Templates of VMs by name; the rules are those of host_templates. A VM's workload is"
                + " taken whole.")
        @Partial
        @Most(1000)
        @Default("{}")
        Map<String, Vm> vmTemplates,
    @Doc("Workloads of the scenario's own by name, to be used as a profile.")
        @Most(1000)
        @Default("{}")
        Map<String, NamedWorkload> workloads,
    @Doc("The VMs.") @Most(20000) @Default("[]") List<Vm> vms,
    @Doc("What is done to the pool at a given time.") @Most(10000) @Default("[]")
        List<Fault> faults,
    @Doc("What is expected to hold; a run that misses one ends with exit code 1.")
        @Most(1000)
        @Default("[]")
        List<Objective> objectives,
    @Doc("When a resource counts as saturated.") @Default("{}") Saturation saturation,
    @Doc("What is recorded.") @Default("{}") Recording record) {}
