// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/** A VM's state at time 0. */
public enum PowerState {
  HALTED,
  /** Running on its host since before the run; it does not boot. */
  RUNNING
}
