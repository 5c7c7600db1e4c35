// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import org.poolsim.cpu.detailed.DetailedHostCpu;
import org.poolsim.cpu.fluid.FluidHostCpu;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStreams;

/** Makes hosts of either fidelity. */
public final class HostCpus {
  private HostCpus() {}

  /** Returns a host on which every scheduling decision is made. */
  public static HostCpu detailed(Simulator simulator, HostCpuSpec spec, RandomStreams streams) {
    return new DetailedHostCpu(simulator, spec, streams);
  }

  /** Returns a host whose pCPUs are shared at piecewise-constant rates. */
  public static RatedHostCpu fluid(Simulator simulator, HostCpuSpec spec) {
    return new FluidHostCpu(simulator, spec);
  }
}
