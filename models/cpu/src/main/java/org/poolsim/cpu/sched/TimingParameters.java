// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/**
 * What hardware and timers add to the policy, which itself is free of cost.
 *
 * @param timerSlopNanos hypervisor and guest timers fire late by a uniform draw from 0 to this
 * @param ipiMinNanos least latency of a reschedule request to another pCPU
 * @param ipiMaxNanos greatest latency of it; the draw is uniform
 * @param contextSwitchNanos time that a vCPU spends on its pCPU at each switch-in before its work
 *     progresses
 * @param migrationNanos the same in addition when it last ran on another pCPU (cache refill)
 * @param smtThroughput what a core does with more than one busy thread relative to one; 1 to the
 *     number of threads. At the number of threads the threads do not hamper each other
 * @param uptimeNanos system time of the hypervisor at the start of the simulation; credit's ticks
 *     and RTDS's deadlines are aligned to system time
 */
public record TimingParameters(
    long timerSlopNanos,
    long ipiMinNanos,
    long ipiMaxNanos,
    long contextSwitchNanos,
    long migrationNanos,
    double smtThroughput,
    long uptimeNanos) {
  /** Xen's {@code timer_slop} default. */
  public static final long DEFAULT_TIMER_SLOP_NANOS = 50_000;

  /** Reschedule IPI and softirq latency: order of magnitude on current x86. */
  public static final long DEFAULT_IPI_MIN_NANOS = 500;

  /** Reschedule IPI and softirq latency: order of magnitude on current x86. */
  public static final long DEFAULT_IPI_MAX_NANOS = 3_000;

  /** VM switch of Xen on x86: 10,534 cycles at 2.1 GHz (Dall et al., ISCA 2016, Table 2). */
  public static final long DEFAULT_CONTEXT_SWITCH_NANOS = 5_000;

  /** Checks the ranges. */
  public TimingParameters {
    if (timerSlopNanos < 0 || ipiMinNanos < 0 || contextSwitchNanos < 0 || migrationNanos < 0) {
      throw new IllegalArgumentException("a timing parameter is negative");
    }
    if (ipiMaxNanos < ipiMinNanos) {
      throw new IllegalArgumentException("the greatest IPI latency is below the least");
    }
    if (!(smtThroughput >= 1)) {
      throw new IllegalArgumentException(
          "the SMT throughput must be at least 1, not " + smtThroughput);
    }
    if (uptimeNanos < 0) {
      throw new IllegalArgumentException("the uptime is negative: " + uptimeNanos);
    }
  }

  /** Returns perfect timing at no cost: the policy alone, exactly repeatable. */
  public static TimingParameters exact() {
    return new TimingParameters(0, 0, 0, 0, 0, Double.MAX_VALUE, 1_000_000_000L);
  }

  /** Returns late timers and reschedule requests with the defaults, without any other cost. */
  public static TimingParameters jittered() {
    return new TimingParameters(
        DEFAULT_TIMER_SLOP_NANOS,
        DEFAULT_IPI_MIN_NANOS,
        DEFAULT_IPI_MAX_NANOS,
        0,
        0,
        Double.MAX_VALUE,
        1_000_000_000L);
  }

  /**
   * Returns the defaults of a real host with a throughput of a busy core relative to one thread.
   */
  public static TimingParameters realistic(double smtThroughput) {
    return new TimingParameters(
        DEFAULT_TIMER_SLOP_NANOS,
        DEFAULT_IPI_MIN_NANOS,
        DEFAULT_IPI_MAX_NANOS,
        DEFAULT_CONTEXT_SWITCH_NANOS,
        0,
        smtThroughput,
        1_000_000_000L);
  }

  /** Returns this timing with another throughput of a busy core relative to one thread. */
  public TimingParameters withSmtThroughput(double newSmtThroughput) {
    return new TimingParameters(
        timerSlopNanos,
        ipiMinNanos,
        ipiMaxNanos,
        contextSwitchNanos,
        migrationNanos,
        newSmtThroughput,
        uptimeNanos);
  }
}
