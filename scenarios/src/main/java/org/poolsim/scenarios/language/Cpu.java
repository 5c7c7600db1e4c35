// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.cpu.sched.SchedulingGranularity;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.NullIsAWord;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** The pCPUs of a host. */
@Doc("The pCPUs of a host and the scheduler on them.")
public record Cpu(
    @Doc("CPU sockets.") @Within(min = "1", max = "64") @Default("1") int sockets,
    @Doc("Cores of each socket.") @Within(min = "1", max = "512") int cores,
    @Doc("Threads of each core.") @Within(min = "1", max = "8") @Default("1") int threads,
    @Doc("Nominal clock.") @Measured(Quantity.FREQUENCY) @Within(min = "1MHz", max = "100GHz")
        long clock,
    @Doc(
            "Xen's scheduler: credit, credit-xenserver (credit with the dom0 auto-weight patch,"
                + " what XenServer and XCP-ng hosts run), credit2, credit2-pre421, rtds, null, or"
                + " one of your own.")
        @Default("credit-xenserver")
        @NullIsAWord
        String scheduler,
    @Doc("Parameters of the scheduler.") @Default("{}") SchedulerSettings schedulerParameters,
    @Doc(
            "What a scheduling decision is made for: cpu, core (the threads of a core never run two"
                + " VMs at once) or socket, as Xen's sched-gran. Only where the CPU is detailed.")
        @Default("cpu")
        SchedulingGranularity granularity,
    @Doc("What hardware and timers add.") @Default("{}") CpuTiming timing) {}
