// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import org.poolsim.cpu.DetailedCpuSpec;
import org.poolsim.cpu.HostCpuSpec;

/**
 * The pCPUs of a host and the scheduler on them.
 *
 * @param sockets 1 to 64
 * @param coresPerSocket 1 to 512
 * @param threadsPerCore 1 to 8
 * @param clockHertz nominal clock, above 0
 * @param scheduler a scheduler's name, for example {@code credit-xenserver}
 * @param smtThroughput what a core does with all its threads busy, relative to one thread alone
 * @param detailed what only the detailed fidelity looks at
 */
public record CpuSpec(
    int sockets,
    int coresPerSocket,
    int threadsPerCore,
    long clockHertz,
    String scheduler,
    double smtThroughput,
    DetailedCpuSpec detailed) {
  /** What a XenServer or XCP-ng host runs (credit with the dom0 auto-weight patch). */
  public static final String DEFAULT_SCHEDULER = "credit-xenserver";

  public CpuSpec {
    Require.between(sockets, 1, 64, "sockets");
    Require.between(coresPerSocket, 1, 512, "cores per socket");
    Require.between(threadsPerCore, 1, 8, "threads per core");
    Require.positive(clockHertz, "clock in Hz");
    Require.name(scheduler, "the scheduler");
    Require.between(smtThroughput, 1.0, threadsPerCore, "SMT throughput of a core");
    Require.present(detailed, "the parameters of the detailed CPU model");
  }

  /** Creates pCPUs under the default scheduler with its default parameters. */
  public CpuSpec(int sockets, int coresPerSocket, int threadsPerCore, long clockHertz) {
    this(
        sockets,
        coresPerSocket,
        threadsPerCore,
        clockHertz,
        DEFAULT_SCHEDULER,
        defaultSmtThroughput(threadsPerCore),
        DetailedCpuSpec.DEFAULT);
  }

  /** Returns what a busy core does relative to one thread, where nothing else is said. */
  public static double defaultSmtThroughput(int threadsPerCore) {
    return threadsPerCore == 1 ? 1 : HostCpuSpec.DEFAULT_SMT_THROUGHPUT;
  }

  /** Returns the number of pCPUs (hardware threads). */
  public int pcpus() {
    return sockets * coresPerSocket * threadsPerCore;
  }
}
