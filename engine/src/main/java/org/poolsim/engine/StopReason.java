// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine;

/** Why a run returned. */
public enum StopReason {
  /** The time given to the run was reached; every event up to and at that time has fired. */
  TIME_REACHED,
  /** No event is pending. */
  IDLE,
  /** An event asked the simulator to stop. */
  STOPPED
}
