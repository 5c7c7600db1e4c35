// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.Arrays;
import java.util.List;

/**
 * Why a VM got no memory.
 *
 * @param reason the error that the toolstack shows
 * @param neededKib what was needed, the host's reserve not counted
 * @param freeKib what was free beside the reserve; may be negative
 * @param blamedDomids the domains that did not give, descending
 */
public record MemoryRefusal(
    Reason reason, long neededKib, long freeKib, List<Integer> blamedDomids) {
  /** The error. */
  public enum Reason {
    /** Nobody can give that much. */
    CANNOT_FREE_THIS_MUCH_MEMORY,
    /** Somebody could, and does not. */
    VMS_FAILED_TO_COOPERATE,
    /** The builder found less free memory than it was promised. */
    NOT_ENOUGH_MEMORY
  }

  /** Returns what the toolstack is told of a call that failed. */
  static MemoryRefusal of(SqueezeCall call, long hostReservedKib) {
    return new MemoryRefusal(
        call.result() == SqueezeCall.Result.CANNOT_FREE_THIS_MUCH_MEMORY
            ? Reason.CANNOT_FREE_THIS_MUCH_MEMORY
            : Reason.VMS_FAILED_TO_COOPERATE,
        call.goalKib() - hostReservedKib,
        call.freeAtFailureKib() - hostReservedKib,
        Arrays.stream(call.blamedDomids()).boxed().toList());
  }
}
