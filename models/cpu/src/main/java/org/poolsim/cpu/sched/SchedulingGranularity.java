// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import org.poolsim.cpu.CpuTopology;

/**
 * What a scheduling decision is made for (fact: boot option {@code sched-gran}, {@code
 * host.sched_gran} of xapi). With {@link #CORE} and {@link #SOCKET} a unit groups as many
 * consecutive vCPUs of a domain as the core or socket has threads, so that no two units ever share
 * one.
 */
public enum SchedulingGranularity {
  /** A hardware thread: a unit is a vCPU. Xen's default. */
  CPU,
  /** A core. */
  CORE,
  /** A socket. */
  SOCKET;

  /** Returns the number of hardware threads that are scheduled together. */
  public int threads(CpuTopology topology) {
    return switch (this) {
      case CPU -> 1;
      case CORE -> topology.threadsPerCore();
      case SOCKET -> topology.threadsPerCore() * topology.coresPerSocket();
    };
  }

  /** Returns the topology that the schedulers see: what is scheduled together is one pCPU. */
  CpuTopology seen(CpuTopology topology) {
    return switch (this) {
      case CPU -> topology;
      case CORE -> new CpuTopology(topology.sockets(), topology.coresPerSocket(), 1);
      case SOCKET -> new CpuTopology(topology.sockets(), 1, 1);
    };
  }
}
