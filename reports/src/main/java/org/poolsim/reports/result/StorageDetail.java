// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.List;
import java.util.Optional;

/**
 * What the storage section shows beside the latencies of {@link RunResult#latencies()} whose metric
 * begins with {@code vbd.}.
 *
 * @param sentence what serves the VMs' disks
 * @param stages where a read's time can go, in the order of its travel
 * @param reads where it went, in stretches of the run
 * @param words what the slowest stretch waited for, and what that means
 * @param calm the longest stretch in which nothing was saturated and nothing happened; empty
 *     without one
 * @param plots throughput, requests and queues over the run's clock
 */
public record StorageDetail(
    String sentence,
    List<String> stages,
    List<ReadTime> reads,
    String words,
    Optional<Period> calm,
    List<Plot> plots) {
  public StorageDetail {
    stages = List.copyOf(stages);
    reads = List.copyOf(reads);
    plots = List.copyOf(plots);
  }

  /**
   * The mean time of a read by stage, over a stretch of the run.
   *
   * @param label what stretch that is, for example {@code Calm} or {@code host-2 died}
   * @param period when
   * @param count reads that ended then
   * @param seconds the mean time in each stage; means add up
   */
  public record ReadTime(String label, Period period, long count, List<Double> seconds) {
    public ReadTime {
      seconds = List.copyOf(seconds);
    }

    /** Returns the mean time of a read. */
    public double total() {
      return seconds.stream().mapToDouble(Double::doubleValue).sum();
    }
  }
}
