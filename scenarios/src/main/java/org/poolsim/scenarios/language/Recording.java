// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import org.poolsim.scenarios.yaml.Absent;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Most;
import org.poolsim.scenarios.yaml.OrOne;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** What is recorded. */
@Doc("What is recorded.")
public record Recording(
    @Doc("Length of the windows over which utilisations and vCPU wait are averaged.")
        @Measured(Quantity.TIME)
        @Within(min = "1ms", max = "24h")
        @Default("10s")
        long window,
    @Doc(
            "Whose arithmetic turns samples into the rows of the databases: xapi, with all that is"
                + " particular to it, or rrdtool.")
        @Default("xapi")
        Consolidation mode,
    @Doc(
            "Whether VMs and SRs keep minima and maxima too, as in a pool with"
                + " create_min_max_in_new_VM_RRDs.")
        @Default("false")
        boolean minMax,
    @Doc(
            "The data sources that are recorded: names in which * stands for anything and ? for one"
                + " character; with host:, vm: or sr: in front, those of such objects only.")
        @OrOne
        @Most(1000)
        @Absent("what a real host records by default")
        List<String> sources,
    @Doc("The data sources that are not recorded, written in the same way.")
        @OrOne
        @Most(1000)
        @Default("[]")
        List<String> without,
    @Doc("The date of simulated time 0, a multiple of 5 s.") @Default("2026-01-01T00:00:00Z")
        String start,
    @Doc("The step of series.parquet and series.csv, a multiple of 5 s.")
        @Measured(Quantity.TIME)
        @Within(min = "5s", max = "24h")
        @Default("1min")
        long step) {}
