// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/**
 * The parameters of all schedulers that a host's command line or {@code xl sched-*} sets. A
 * scheduler reads those that it knows. Defaults are those of the source.
 *
 * @param ratelimitNanos least time a vCPU runs before another preempts it; 0 is none, otherwise 100
 *     us to 500 ms ({@code sched_ratelimit_us})
 * @param creditTsliceNanos credit's time slice, 1 to 1000 whole ms ({@code sched_credit_tslice_ms})
 * @param creditMigrationDelayNanos credit: a vCPU that ran less than this ago is not stolen, 0 to
 *     100 ms ({@code vcpu_migration_delay})
 * @param creditLoadBalanceNanos credit: least time between two steal attempts of a pCPU, 0 to 1 s
 *     ({@code load-balance-ratelimit})
 * @param creditTickleOneIdle credit: a wake tickles one idle pCPU, not all ({@code
 *     tickle_one_idle_cpu})
 * @param smtPowerSavings vCPUs are packed onto few cores rather than spread ({@code
 *     sched_smt_power_savings})
 * @param credit2MigrateResistNanos credit that a vCPU must have more to be taken from another pCPU
 *     ({@code sched_credit2_migrate_resist})
 * @param credit2CapPeriodNanos period of the caps ({@code credit2_cap_period_ms})
 * @param credit2Runqueue which pCPUs share a run queue ({@code credit2_runqueue})
 * @param credit2MaxPcpusPerRunqueue {@code sched_credit2_max_cpus_runqueue}
 * @param credit2LoadWindowShift binary logarithm of the window of the load averages in ns, 10 to 40
 *     ({@code credit2_load_window_shift})
 * @param credit2UnderloadToleranceShift binary logarithm of the load difference that moves work
 *     when there is capacity left ({@code credit2_balance_under})
 * @param credit2OverloadToleranceShift the same under overload ({@code credit2_balance_over})
 */
public record SchedulerParameters(
    long ratelimitNanos,
    long creditTsliceNanos,
    long creditMigrationDelayNanos,
    long creditLoadBalanceNanos,
    boolean creditTickleOneIdle,
    boolean smtPowerSavings,
    long credit2MigrateResistNanos,
    long credit2CapPeriodNanos,
    RunqueueArrangement credit2Runqueue,
    int credit2MaxPcpusPerRunqueue,
    int credit2LoadWindowShift,
    int credit2UnderloadToleranceShift,
    int credit2OverloadToleranceShift) {
  private static final long MILLISECOND = 1_000_000L;

  /** Which pCPUs share a run queue of credit2. */
  public enum RunqueueArrangement {
    /** Each pCPU has its own. */
    CPU,
    /** The threads of a core share one. */
    CORE,
    /** The pCPUs of a socket share one. */
    SOCKET,
    /** The pCPUs of a NUMA node share one. */
    NODE,
    /** All share one. */
    ALL
  }

  /** Checks the ranges. */
  public SchedulerParameters {
    if (ratelimitNanos != 0) {
      inRange("ratelimit", ratelimitNanos, 100_000L, 500 * MILLISECOND);
    }
    inRange("credit time slice", creditTsliceNanos, MILLISECOND, 1000 * MILLISECOND);
    if (creditTsliceNanos % MILLISECOND != 0) {
      throw new IllegalArgumentException(
          "the credit time slice must be whole milliseconds, not " + creditTsliceNanos + " ns");
    }
    inRange("credit migration delay", creditMigrationDelayNanos, 0, 100 * MILLISECOND);
    inRange("credit load-balance ratelimit", creditLoadBalanceNanos, 0, 1000 * MILLISECOND);
    inRange("credit2 migrate resist", credit2MigrateResistNanos, 0, 1000 * MILLISECOND);
    inRange("credit2 cap period", credit2CapPeriodNanos, MILLISECOND, 1000 * MILLISECOND);
    inRange("credit2 pCPUs per run queue", credit2MaxPcpusPerRunqueue, 1, 65_536);
    inRange("credit2 load window shift", credit2LoadWindowShift, 10, 40);
  }

  private static void inRange(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " must be between " + least + " and " + most + ", not " + value);
    }
  }

  /** Returns the defaults of the Xen source. */
  public static SchedulerParameters defaults() {
    return new SchedulerParameters(
        MILLISECOND,
        30 * MILLISECOND,
        0,
        MILLISECOND,
        true,
        false,
        500_000L,
        10 * MILLISECOND,
        RunqueueArrangement.SOCKET,
        16,
        30,
        0,
        -3);
  }

  /** Returns these parameters with another ratelimit and another credit time slice. */
  public SchedulerParameters with(long newRatelimitNanos, long newCreditTsliceNanos) {
    return with(newRatelimitNanos, newCreditTsliceNanos, credit2Runqueue);
  }

  /** Returns these parameters with another arrangement of credit2's run queues. */
  public SchedulerParameters with(RunqueueArrangement newCredit2Runqueue) {
    return with(ratelimitNanos, creditTsliceNanos, newCredit2Runqueue);
  }

  private SchedulerParameters with(
      long newRatelimitNanos, long newCreditTsliceNanos, RunqueueArrangement newCredit2Runqueue) {
    return new SchedulerParameters(
        newRatelimitNanos,
        newCreditTsliceNanos,
        creditMigrationDelayNanos,
        creditLoadBalanceNanos,
        creditTickleOneIdle,
        smtPowerSavings,
        credit2MigrateResistNanos,
        credit2CapPeriodNanos,
        newCredit2Runqueue,
        credit2MaxPcpusPerRunqueue,
        credit2LoadWindowShift,
        credit2UnderloadToleranceShift,
        credit2OverloadToleranceShift);
  }
}
