// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

import org.poolsim.cpu.sched.SchedulerParameters.RunqueueArrangement;
import org.poolsim.scenarios.yaml.Default;
import org.poolsim.scenarios.yaml.Doc;
import org.poolsim.scenarios.yaml.Measured;
import org.poolsim.scenarios.yaml.Quantity;
import org.poolsim.scenarios.yaml.Within;

/** Parameters of Xen's schedulers; each reads those that it knows. */
@Doc(
    "Parameters of Xen's schedulers, with the defaults of the Xen source. Each scheduler reads those"
        + " that it knows. They matter where the host's CPU is detailed.")
public record SchedulerSettings(
    @Doc(
            "Least time that a vCPU runs before another one preempts it; 0s is none, otherwise at"
                + " least 100us (sched_ratelimit_us).")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "500ms")
        @Default("1ms")
        long ratelimit,
    @Doc("Time slice of credit, whole milliseconds (sched_credit_tslice_ms).")
        @Measured(Quantity.TIME)
        @Within(min = "1ms", max = "1s")
        @Default("30ms")
        long timeslice,
    @Doc("Credit does not move a waiting vCPU that ran less than this ago (vcpu_migration_delay).")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "100ms")
        @Default("0s")
        long migrationDelay,
    @Doc("Least time between two attempts of a pCPU to take work from others, under credit.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "1s")
        @Default("1ms")
        long loadBalanceRatelimit,
    @Doc("Whether credit asks one idle pCPU to take a woken vCPU, not all (tickle_one_idle_cpu).")
        @Default("true")
        boolean tickleOneIdle,
    @Doc("Whether credit packs vCPUs onto few cores (sched_smt_power_savings).") @Default("false")
        boolean smtPowerSavings,
    @Doc("Credit that a vCPU must have more to be taken from another pCPU, under credit2.")
        @Measured(Quantity.TIME)
        @Within(min = "0s", max = "1s")
        @Default("500us")
        long credit2MigrateResist,
    @Doc("Period of the caps of credit2 (credit2_cap_period_ms).")
        @Measured(Quantity.TIME)
        @Within(min = "1ms", max = "1s")
        @Default("10ms")
        long credit2CapPeriod,
    @Doc("Which pCPUs share a run queue of credit2 (credit2_runqueue).") @Default("socket")
        RunqueueArrangement credit2Runqueue,
    @Doc("Most pCPUs of a run queue of credit2 (sched_credit2_max_cpus_runqueue).")
        @Within(min = "1", max = "65536")
        @Default("16")
        int credit2MaxCpusRunqueue,
    @Doc(
            "Binary logarithm of the window of credit2's load averages in nanoseconds"
                + " (credit2_load_window_shift).")
        @Within(min = "10", max = "40")
        @Default("30")
        int credit2LoadWindowShift,
    @Doc(
            "Binary logarithm of the load difference between run queues that moves work while there"
                + " is capacity left (credit2_balance_under).")
        @Within(min = "-18", max = "30")
        @Default("0")
        int credit2BalanceUnder,
    @Doc("The same where there is none left (credit2_balance_over).")
        @Within(min = "-18", max = "30")
        @Default("-3")
        int credit2BalanceOver) {}
