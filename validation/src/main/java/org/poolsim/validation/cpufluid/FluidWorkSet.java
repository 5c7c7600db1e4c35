// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpufluid;

/**
 * {@code cpu-fluid-work}: as {@code cpu-fluid}, but every run of a vCPU is queued work, mean of
 * four replicates with the recorded seeds. The model has no memory: a vCPU that has slept is not
 * served first, so that bursts under contention get less than from the real schedulers.
 */
public final class FluidWorkSet extends FluidCpuSet {
  /** Creates the set. */
  public FluidWorkSet() {
    super("cpu-fluid-work", Drive.WORK, 4);
  }
}
