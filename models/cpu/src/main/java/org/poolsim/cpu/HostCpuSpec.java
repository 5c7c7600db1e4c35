// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import java.util.Objects;

/**
 * The CPU side of one host, for either fidelity.
 *
 * @param name the host's name, for messages and for the names of its random streams
 * @param topology sockets, cores and threads
 * @param scheduler the name of the scheduler: {@code credit}, {@code credit-xenserver}, {@code
 *     credit2}, {@code credit2-pre421}, {@code rtds}, {@code null} or one of the user's own
 * @param smtThroughput what a core does with all its threads busy, relative to one thread alone: 1
 *     to the number of threads. Work progresses slower on a shared core; CPU time as Xen counts it
 *     is wall-clock time on the pCPU and does not show it.
 * @param detailed what only the detailed fidelity looks at
 */
public record HostCpuSpec(
    String name,
    CpuTopology topology,
    String scheduler,
    double smtThroughput,
    DetailedCpuSpec detailed) {
  /**
   * Throughput of a core with two busy threads relative to one: the vendor's own figure for server
   * loads is a gain of up to 30 % (Marr et al., "Hyper-Threading Technology Architecture and
   * Microarchitecture", Intel Technology Journal 6(1), 2002).
   */
  public static final double DEFAULT_SMT_THROUGHPUT = 1.25;

  /** The scheduler of a XenServer or XCP-ng host. */
  public static final String DEFAULT_SCHEDULER = "credit-xenserver";

  /** Checks the ranges. */
  public HostCpuSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(topology, "topology");
    Objects.requireNonNull(scheduler, "scheduler");
    Objects.requireNonNull(detailed, "detailed");
    if (!(smtThroughput >= 1 && smtThroughput <= topology.threadsPerCore())) {
      throw new IllegalArgumentException(
          name
              + ": the SMT throughput must be between 1 and the threads per core ("
              + topology.threadsPerCore()
              + "), not "
              + smtThroughput);
    }
  }

  /** Creates a host with the defaults of the detailed fidelity. */
  public HostCpuSpec(String name, CpuTopology topology, String scheduler, double smtThroughput) {
    this(name, topology, scheduler, smtThroughput, DetailedCpuSpec.DEFAULT);
  }

  /** Returns a host with XenServer's default scheduler and the default SMT throughput. */
  public static HostCpuSpec of(String name, CpuTopology topology) {
    return new HostCpuSpec(
        name,
        topology,
        DEFAULT_SCHEDULER,
        topology.threadsPerCore() == 1 ? 1 : DEFAULT_SMT_THROUGHPUT);
  }

  /** Returns this host under another scheduler. */
  public HostCpuSpec withScheduler(String newScheduler) {
    return new HostCpuSpec(name, topology, newScheduler, smtThroughput, detailed);
  }

  /** Returns this host with another SMT throughput. */
  public HostCpuSpec withSmtThroughput(double newSmtThroughput) {
    return new HostCpuSpec(name, topology, scheduler, newSmtThroughput, detailed);
  }

  /** Returns this host with other parameters of the detailed fidelity. */
  public HostCpuSpec withDetailed(DetailedCpuSpec newDetailed) {
    return new HostCpuSpec(name, topology, scheduler, smtThroughput, newDetailed);
  }
}
