// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

/** The runstate of a vCPU, numbered as in Xen's public header {@code vcpu.h}. */
public enum Runstate {
  /** On a pCPU. */
  RUNNING,
  /** Wants a pCPU and has none: steal, as the guest sees it. */
  RUNNABLE,
  /** Nothing to do. */
  BLOCKED,
  /** Paused, parked by its cap or not yet started. */
  OFFLINE
}
