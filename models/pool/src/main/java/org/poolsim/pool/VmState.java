// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

/**
 * A VM's life: halted, starting, booting, running, shutting down, halted. A crash leads to halted
 * from anywhere.
 */
public enum VmState {
  /** No domain, no memory. */
  HALTED,
  /** The toolstack works on it; memory is reserved once it has been placed. */
  STARTING,
  /** Its guest boots. */
  BOOTING,
  /** Its workloads run. */
  RUNNING,
  /** Its guest shuts down; workloads have stopped. */
  SHUTTING_DOWN
}
