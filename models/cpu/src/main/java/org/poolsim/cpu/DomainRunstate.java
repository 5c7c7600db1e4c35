// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

/** The runstate of a domain as XenServer's Xen counts it, numbered 0 to 5. */
public enum DomainRunstate {
  /** All vCPUs run. */
  FULL_RUN(0, "fullrun", "Share of time that all vCPUs ran"),
  /** All vCPUs are runnable. */
  FULL_CONTENTION(1, "full_contention", "Share of time that all vCPUs waited for a pCPU"),
  /** Some run, some are runnable: a lock holder may be waiting. */
  CONCURRENCY_HAZARD(
      2, "concurrency_hazard", "Share of time that some vCPUs ran while others waited for a pCPU"),
  /** All are blocked or offline. */
  BLOCKED(3, "blocked", "Share of time that all vCPUs were blocked or offline"),
  /** Some run, the others are blocked. */
  PARTIAL_RUN(4, "partial_run", "Share of time that some vCPUs ran and the others were blocked"),
  /** Some are runnable, the others are blocked. */
  PARTIAL_CONTENTION(
      5,
      "partial_contention",
      "Share of time that some vCPUs waited for a pCPU and the others were blocked");

  private final int number;
  private final String sourceName;
  private final String text;

  DomainRunstate(int number, String sourceName, String text) {
    this.number = number;
    this.sourceName = sourceName;
    this.text = text;
  }

  /** Returns the name of the data source behind {@code runstate_}. */
  String sourceName() {
    return sourceName;
  }

  /** Returns a line for people. */
  String text() {
    return text;
  }

  /** Returns the number by which Xen counts this state. */
  public int number() {
    return number;
  }
}
