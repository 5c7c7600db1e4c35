// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import java.util.BitSet;

/**
 * What sets of a host's threads mean to its schedulers, whose pCPUs are threads, or with another
 * granularity whole cores or sockets.
 */
final class ThreadMasks {
  private final int threads;
  private final int width;

  /**
   * Creates the masks of a host.
   *
   * @param width how many of its threads are a pCPU of the schedulers
   */
  ThreadMasks(int threads, int width) {
    this.threads = threads;
    this.width = width;
  }

  /** Returns the pCPUs of the schedulers that have one of these threads. */
  CpuMask resources(BitSet members) {
    CpuMask mask = new CpuMask(threads / width);
    for (int thread = members.nextSetBit(0);
        thread >= 0 && thread < threads;
        thread = members.nextSetBit(thread + 1)) {
      mask.set(thread / width);
    }
    return mask;
  }

  /**
   * Returns the pCPUs of the schedulers that an affinity allows: one that is a whole core or socket
   * is among them if its first thread is (fact: {@code cpupool_domain_master_cpumask}).
   */
  CpuMask allowed(BitSet affinity) {
    CpuMask mask = new CpuMask(threads / width);
    for (int resource = 0; resource < threads / width; resource++) {
      if (affinity.get(resource * width)) {
        mask.set(resource);
      }
    }
    return mask;
  }

  /** Returns whether an affinity lacks a thread that another has; {@code null} has all. */
  boolean leavesOut(BitSet affinity, BitSet other) {
    if (affinity == null) {
      return false;
    }
    BitSet lacking = new BitSet();
    lacking.set(0, threads);
    if (other != null) {
      lacking.and(other);
    }
    lacking.andNot(affinity);
    return !lacking.isEmpty();
  }
}
