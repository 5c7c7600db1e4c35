// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.HostCpu;
import org.poolsim.cpu.HostCpuSpec;
import org.poolsim.cpu.HostCpus;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.pool.spec.CpuSpec;
import org.poolsim.pool.spec.Fidelity;
import org.poolsim.pool.spec.HostSpec;

/** Makes the pCPUs of a host. */
@FunctionalInterface
public interface CpuFactory {
  /** Makes them in the fidelity that the host's spec asks for. */
  CpuFactory AS_SPECIFIED =
      (simulator, host, streams) ->
          host.fidelity().cpu() == Fidelity.DETAILED
              ? HostCpus.detailed(simulator, hostCpuSpec(host), streams)
              : HostCpus.fluid(simulator, hostCpuSpec(host));

  /** Makes fluid ones, whatever the spec asks for. */
  CpuFactory FLUID = (simulator, host, streams) -> HostCpus.fluid(simulator, hostCpuSpec(host));

  /**
   * Creates the pCPUs of a host, without domains.
   *
   * @param streams of the run; whoever draws names its streams after the host
   */
  HostCpu create(Simulator simulator, HostSpec host, RandomStreams streams);

  /** Returns a host's CPU side as the CPU model wants it. */
  static HostCpuSpec hostCpuSpec(HostSpec host) {
    CpuSpec cpu = host.cpu();
    return HostCpuSpec.of(
            host.name(), new CpuTopology(cpu.sockets(), cpu.coresPerSocket(), cpu.threadsPerCore()))
        .withScheduler(cpu.scheduler())
        .withSmtThroughput(cpu.smtThroughput())
        .withDetailed(cpu.detailed());
  }
}
