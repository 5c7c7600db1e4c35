// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * The fidelity of each resource of a host.
 *
 * @param cpu how the host's pCPUs are shared
 * @param memory how balloons and reservations are followed
 * @param storage how the data path is followed
 * @param network how flows are followed
 */
public record FidelitySpec(Fidelity cpu, Fidelity memory, Fidelity storage, Fidelity network) {
  /** Fluid throughout. */
  public static final FidelitySpec FLUID =
      new FidelitySpec(Fidelity.FLUID, Fidelity.FLUID, Fidelity.FLUID, Fidelity.FLUID);

  public FidelitySpec {
    Require.present(cpu, "the fidelity of cpu");
    Require.present(memory, "the fidelity of memory");
    Require.present(storage, "the fidelity of storage");
    Require.present(network, "the fidelity of network");
  }
}
