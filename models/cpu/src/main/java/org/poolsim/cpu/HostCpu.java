// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import java.util.BitSet;

/**
 * The physical CPUs of one host and the domains that share them: the port through which the pool,
 * the guests' workloads and the backends in dom0 use CPU. One implementation makes every scheduling
 * decision ({@code detailed}), one shares piecewise-constant rates ({@code fluid}).
 */
public interface HostCpu {
  /** Returns the number of pCPUs (hardware threads). */
  int pcpus();

  /** Returns the sockets, cores and threads. */
  CpuTopology topology();

  /**
   * Creates a domain whose vCPUs are online and blocked: they run once they are given work or
   * demand. The first domain of a host is dom0 and has domid 0.
   */
  CpuDomain createDomain(DomainSpec spec);

  /**
   * Returns whether a vCPU with this hard affinity has a pCPU to run on. Where a core or socket is
   * scheduled as a whole, its first pCPU stands for it.
   */
  default boolean mayRunOn(BitSet hard) {
    int first = hard.nextSetBit(0);
    return first >= 0 && first < pcpus();
  }

  /** Destroys a domain; its unfinished work is dropped without completing. */
  void destroyDomain(CpuDomain domain);

  /** Returns the time that a pCPU has been idle since the start, in nanoseconds, up to now. */
  long idleNanos(int pcpu);

  /** Returns the time in nanoseconds that the pCPUs have been idle, all of them together. */
  default long idleNanos() {
    long idle = 0;
    for (int pcpu = 0; pcpu < pcpus(); pcpu++) {
      idle += idleNanos(pcpu);
    }
    return idle;
  }

  /** Returns the number of vCPUs that run or are runnable now, dom0's included. */
  int runningVcpus();

  /** Returns the number of domains that are not paused, dom0 included. */
  int runningDomains();

  /**
   * Checks that the time handed out is the capacity less the idle time, and each vCPU's runstates
   * add up to its age.
   *
   * @throws IllegalStateException naming the first sum that does not hold
   */
  void audit();
}
