// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.Optional;

/**
 * What the memory section has beside the hosts' own parts.
 *
 * @param sentence how memory was handed out in this run
 * @param balloons balloon targets against what the guests really have, in bytes; empty without
 *     ballooning
 * @param refusedStarts VM starts refused for want of memory
 * @param delayedStarts VM starts that waited for memory
 * @param restless whether balloons keep moving: worth a look though nothing saturates
 */
public record MemoryDetail(
    String sentence,
    Optional<Plot> balloons,
    long refusedStarts,
    long delayedStarts,
    boolean restless) {
  /** What a run without restless balloons has. */
  public MemoryDetail(
      String sentence, Optional<Plot> balloons, long refusedStarts, long delayedStarts) {
    this(sentence, balloons, refusedStarts, delayedStarts, false);
  }
}
