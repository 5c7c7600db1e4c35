// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

/** The runstate of a domain as XenServer's Xen counts it, numbered 0 to 5. */
public enum DomainRunstate {
  /** All vCPUs run. */
  FULL_RUN,
  /** All vCPUs are runnable. */
  FULL_CONTENTION,
  /** Some run, some are runnable: a lock holder may be waiting. */
  CONCURRENCY_HAZARD,
  /** All are blocked or offline. */
  BLOCKED,
  /** Some run, the others are blocked. */
  PARTIAL_RUN,
  /** Some are runnable, the others are blocked. */
  PARTIAL_CONTENTION
}
