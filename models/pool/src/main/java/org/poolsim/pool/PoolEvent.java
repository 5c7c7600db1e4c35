// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

/**
 * Something worth telling that happened at one instant.
 *
 * @param atNanos when
 * @param kind what
 * @param entity the VM or host that it happened to
 * @param text one sentence without the time
 */
public record PoolEvent(long atNanos, Kind kind, String entity, String text) {
  /** The sorts of events. */
  public enum Kind {
    VM_STARTING,
    VM_RUNNING,
    VM_HALTED,
    VM_CRASHED,
    VM_RESCHEDULED,
    /** A VM has another dynamic range. */
    VM_MEMORY_RANGE,
    /** A VM keeps its dynamic range though another one was asked for. */
    MEMORY_RANGE_REFUSED,
    START_REFUSED,
    /** squeezed has not found the memory for a start; it is asked again ten seconds later. */
    MEMORY_REFUSED,
    /** squeezed has not found it for a minute, or the builder has not. */
    START_GIVEN_UP,
    /** A VM has been off its memory target for more than 20 s. */
    VM_UNCOOPERATIVE,
    VM_COOPERATIVE,
    HOST_CRASHED
  }
}
