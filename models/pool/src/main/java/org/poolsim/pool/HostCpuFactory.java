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

/** Makes pCPUs of either fidelity with the parameters of poolsim's CPU model. */
public final class HostCpuFactory implements CpuFactory {
  private final RandomStreams streams;

  /**
   * Creates the factory of one replication.
   *
   * @param seed the run's
   * @param replication from 0
   */
  public HostCpuFactory(long seed, int replication) {
    streams = new RandomStreams(seed).replication(replication);
  }

  @Override
  public HostCpu create(Simulator simulator, HostSpec host) {
    CpuSpec cpu = host.cpu();
    HostCpuSpec spec =
        HostCpuSpec.of(
                host.name(),
                new CpuTopology(cpu.sockets(), cpu.coresPerSocket(), cpu.threadsPerCore()))
            .withScheduler(cpu.scheduler());
    return host.fidelity().cpu() == Fidelity.DETAILED
        ? HostCpus.detailed(simulator, spec, streams)
        : HostCpus.fluid(simulator, spec);
  }
}
