// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import java.util.List;
import org.poolsim.scenarios.yaml.Computed;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Most;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Span;
import org.poolsim.scenarios.yaml.Within;

/** What hardware and timers add to the scheduler, whose decisions cost nothing themselves. */
@Doc(
    "What hardware and timers add to the scheduler, whose decisions cost nothing themselves. All but"
        + " smt_throughput matter only where the host's CPU is detailed.")
public record CpuTiming(
    @Doc("Timers fire late by a uniform draw from 0 to this (Xen's timer_slop).")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "10ms")
        @Default("50us")
        long timerSlop,
    @Doc("Latency of a reschedule request to another pCPU; the draw is uniform.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "10ms")
        @Default("500ns..3us")
        Span ipiLatency,
    @Doc("Time that a vCPU spends on its pCPU at each switch before its work goes on.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "10ms")
        @Default("5us")
        long contextSwitch,
    @Doc("The same in addition where it last ran on another pCPU: its caches are cold.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "100ms")
        @Default("0s")
        long migration,
    @Doc("What a core does with all its threads busy, relative to one thread alone.")
        @Within(min = "1", max = "8")
        @Computed("1.25, or 1 with one thread each core")
        Double smtThroughput,
    @Doc("pCPUs that run faster or slower than the clock says.") @Most(4096) @Default("[]")
        List<PcpuSpeed> speeds) {}
