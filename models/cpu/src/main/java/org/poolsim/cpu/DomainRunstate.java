// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

/** The runstate of a domain as XenServer's Xen counts it, numbered 0 to 5. */
public enum DomainRunstate {
  /** All vCPUs run. */
  FULL_RUN(0),
  /** All vCPUs are runnable. */
  FULL_CONTENTION(1),
  /** Some run, some are runnable: a lock holder may be waiting. */
  CONCURRENCY_HAZARD(2),
  /** All are blocked or offline. */
  BLOCKED(3),
  /** Some run, the others are blocked. */
  PARTIAL_RUN(4),
  /** Some are runnable, the others are blocked. */
  PARTIAL_CONTENTION(5);

  private final int number;

  DomainRunstate(int number) {
    this.number = number;
  }

  /** Returns the number by which Xen counts this state. */
  public int number() {
    return number;
  }
}
