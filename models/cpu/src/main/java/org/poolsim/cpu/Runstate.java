// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

/** The runstate of a vCPU, numbered as in Xen's public header {@code vcpu.h}. */
public enum Runstate {
  /** On a pCPU. */
  RUNNING(0),
  /** Wants a pCPU and has none: steal, as the guest sees it. */
  RUNNABLE(1),
  /** Nothing to do. */
  BLOCKED(2),
  /** Paused, parked by its cap or not yet started. */
  OFFLINE(3);

  private final int number;

  Runstate(int number) {
    this.number = number;
  }

  /** Returns the number by which Xen counts this state. */
  public int number() {
    return number;
  }
}
