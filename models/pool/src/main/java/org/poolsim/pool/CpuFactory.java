// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.HostCpu;
import org.poolsim.cpu.HostCpuSpec;
import org.poolsim.cpu.fluid.FluidHostCpu;
import org.poolsim.engine.Simulator;
import org.poolsim.pool.spec.CpuSpec;
import org.poolsim.pool.spec.HostSpec;

/** Makes the pCPUs of a host in the fidelity that its spec asks for. */
@FunctionalInterface
public interface CpuFactory {
  /** Makes fluid pCPUs, whatever the fidelity asked for. */
  CpuFactory FLUID = (simulator, host) -> new FluidHostCpu(simulator, hostCpuSpec(host));

  /** Creates the pCPUs of a host, without domains. */
  HostCpu create(Simulator simulator, HostSpec host);

  /** Returns a host's CPU side as the CPU model wants it. */
  static HostCpuSpec hostCpuSpec(HostSpec host) {
    CpuSpec cpu = host.cpu();
    return HostCpuSpec.of(
            host.name(), new CpuTopology(cpu.sockets(), cpu.coresPerSocket(), cpu.threadsPerCore()))
        .withScheduler(cpu.scheduler());
  }
}
