// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

/**
 * The physical CPUs of a host. pCPU {@code p} is thread {@code p mod threads} of core {@code p /
 * threads}; cores are numbered socket by socket, and a socket is a NUMA node.
 *
 * @param sockets 1 to 64
 * @param coresPerSocket 1 to 1024
 * @param threadsPerCore 1 to 8
 */
public record CpuTopology(int sockets, int coresPerSocket, int threadsPerCore) {
  /** Checks the ranges. */
  public CpuTopology {
    inRange("sockets", sockets, 64);
    inRange("cores per socket", coresPerSocket, 1024);
    inRange("threads per core", threadsPerCore, 8);
  }

  private static void inRange(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          what + " must be between 1 and " + most + ", not " + value);
    }
  }

  /** Returns one socket of single-threaded cores. */
  public static CpuTopology flat(int pcpus) {
    return new CpuTopology(1, pcpus, 1);
  }

  /** Returns the number of pCPUs (hardware threads). */
  public int pcpus() {
    return sockets * coresPerSocket * threadsPerCore;
  }

  /** Returns the number of cores of the host. */
  public int cores() {
    return sockets * coresPerSocket;
  }
}
