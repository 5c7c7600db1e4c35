// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pCPUs of a host and the scheduler on them.
 *
 * @param sockets 1 to 64
 * @param coresPerSocket 1 to 512
 * @param threadsPerCore 1 to 8
 * @param clockHertz nominal clock, above 0
 * @param scheduler a scheduler's name, for example {@code credit-xenserver}
 * @param schedulerParameters the scheduler's own parameters by name, unparsed
 */
public record CpuSpec(
    int sockets,
    int coresPerSocket,
    int threadsPerCore,
    long clockHertz,
    String scheduler,
    SortedMap<String, String> schedulerParameters) {
  /** What a XenServer or XCP-ng host runs (credit with the dom0 auto-weight patch). */
  public static final String DEFAULT_SCHEDULER = "credit-xenserver";

  public CpuSpec {
    Require.between(sockets, 1, 64, "sockets");
    Require.between(coresPerSocket, 1, 512, "cores per socket");
    Require.between(threadsPerCore, 1, 8, "threads per core");
    Require.positive(clockHertz, "clock in Hz");
    Require.name(scheduler, "the scheduler");
    schedulerParameters = Collections.unmodifiableSortedMap(new TreeMap<>(schedulerParameters));
  }

  /** Creates pCPUs under the default scheduler with its default parameters. */
  public CpuSpec(int sockets, int coresPerSocket, int threadsPerCore, long clockHertz) {
    this(sockets, coresPerSocket, threadsPerCore, clockHertz, DEFAULT_SCHEDULER, new TreeMap<>());
  }

  /** Returns the number of pCPUs (hardware threads). */
  public int pcpus() {
    return sockets * coresPerSocket * threadsPerCore;
  }
}
