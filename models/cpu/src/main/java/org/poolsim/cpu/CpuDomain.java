// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import java.util.BitSet;
import java.util.function.LongConsumer;

/** One domain on a {@link HostCpu}: its vCPUs, its guest scheduler and its accounting. */
public interface CpuDomain {
  /** Returns the domain id; 0 is dom0. */
  int domid();

  /** Returns the name given at creation. */
  String name();

  /** Returns the number of vCPUs. */
  int vcpus();

  /**
   * Returns the number of the guest's tasks that run or are ready to: the queued work and the
   * demand of the vCPUs. A Linux guest averages it into its load average.
   */
  double activeTasks();

  /** Sets the scheduling weight, 1 to 65535. */
  void setWeight(int weight);

  /** Sets the cap in percent of one pCPU; 0 is none. */
  void setCap(int percent);

  /** Sets the hard and soft affinity of one vCPU as sets of pCPUs; {@code null} is all. */
  void setAffinity(int vcpu, BitSet hard, BitSet soft);

  /**
   * Sets period, budget and extratime of every vCPU.
   *
   * @throws IllegalStateException if the domain's scheduler has none of them; rtds has
   */
  default void setRealTime(long periodNanos, long budgetNanos, boolean extratime) {
    throw new IllegalStateException(name() + ": its scheduler has neither periods nor budgets");
  }

  /** Pauses the domain: none of its vCPUs runs until {@link #unpause()}. */
  void pause();

  /** Ends a pause. */
  void unpause();

  /**
   * Sets what one vCPU wants to run besides the work queued, as a fraction of one pCPU in [0, 1].
   * Demand that is not served is lost, not deferred; what was served is in {@link #runningNanos}.
   */
  void setDemand(int vcpu, double fraction);

  /**
   * Queues CPU work. The guest's own scheduler spreads runnable work over its vCPUs, in
   * processor-sharing turns.
   *
   * @param cpuNanos CPU time needed at full speed, at least 1
   */
  void submit(CpuWork work, long cpuNanos);

  /** Withdraws work that has not completed; returns whether it was there. */
  boolean cancel(CpuWork work);

  /** Returns the CPU time that a vCPU has run, in nanoseconds, up to now. */
  long runningNanos(int vcpu);

  /** Returns the time that a vCPU has spent in a runstate, in nanoseconds, up to now. */
  long runstateNanos(int vcpu, Runstate state);

  /**
   * Returns the time that a vCPU has run on pCPUs outside of its soft affinity, in nanoseconds, up
   * to now. A fluid host, which knows no pCPU of a vCPU, counts the least that there can be.
   */
  long nonaffineNanos(int vcpu);

  /**
   * Sets who is told how long each woken vCPU waited for a pCPU, in nanoseconds; {@code null} is
   * nobody. A fluid host, which knows no single wake, tells nobody.
   */
  default void onWakeToRun(LongConsumer observer) {}

  /**
   * Returns the time that the domain as a whole has spent in a runstate, in nanoseconds, up to now.
   */
  long domainRunstateNanos(DomainRunstate state);
}
