// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.cpu.HostCpu;
import org.poolsim.engine.Simulator;
import org.poolsim.pool.spec.HostSpec;

/** Makes the pCPUs of a host in the fidelity that its spec asks for. */
@FunctionalInterface
public interface CpuFactory {
  /** Creates the pCPUs of a host, without domains. */
  HostCpu create(Simulator simulator, HostSpec host);
}
