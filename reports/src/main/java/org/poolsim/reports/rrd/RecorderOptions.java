// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import java.util.function.Predicate;
import org.poolsim.engine.data.Description;

/**
 * What a recorder keeps, and how.
 *
 * @param mode whose arithmetic consolidates
 * @param epochSeconds the date, in seconds since 1970 and a multiple of 5, of simulated time 0
 * @param minMaxForAll whether VMs and SRs get minima and maxima too, as pools with {@code
 *     create_min_max_in_new_VM_RRDs}
 * @param selection which sources are recorded
 * @param historyStepSeconds the step of the unbounded history that CSV and Parquet show, a multiple
 *     of 5; 0 keeps none
 */
public record RecorderOptions(
    Mode mode,
    long epochSeconds,
    boolean minMaxForAll,
    Predicate<Description> selection,
    int historyStepSeconds) {
  /** Simulated time 0 unless a scenario says otherwise: 2026-01-01T00:00:00Z. */
  public static final long DEFAULT_EPOCH_SECONDS = 1_767_225_600L;

  /** Checks the multiples of the step. */
  public RecorderOptions {
    int step = ArchiveDefinition.STEP_SECONDS;
    if (epochSeconds < 0 || epochSeconds % step != 0) {
      throw new IllegalArgumentException(
          "the epoch is a multiple of " + step + " s since 1970, not " + epochSeconds);
    }
    if (historyStepSeconds < 0 || historyStepSeconds % step != 0) {
      throw new IllegalArgumentException(
          "the step of the history is a multiple of " + step + " s, not " + historyStepSeconds);
    }
  }

  /** What a real host records by default, and a history of one minute. */
  public static RecorderOptions defaults() {
    return new RecorderOptions(Mode.XAPI, DEFAULT_EPOCH_SECONDS, false, Description::enabled, 60);
  }

  /** Returns these options with another mode. */
  public RecorderOptions withMode(Mode other) {
    return new RecorderOptions(other, epochSeconds, minMaxForAll, selection, historyStepSeconds);
  }

  /** Returns these options with another date of simulated time 0. */
  public RecorderOptions withEpochSeconds(long other) {
    return new RecorderOptions(mode, other, minMaxForAll, selection, historyStepSeconds);
  }

  /** Returns these options with minima and maxima for VMs and SRs. */
  public RecorderOptions withMinMaxForAll() {
    return new RecorderOptions(mode, epochSeconds, true, selection, historyStepSeconds);
  }

  /** Returns these options with another choice of sources. */
  public RecorderOptions withSelection(Predicate<Description> other) {
    return new RecorderOptions(mode, epochSeconds, minMaxForAll, other, historyStepSeconds);
  }

  /** Returns these options with another step of the history. */
  public RecorderOptions withHistoryStepSeconds(int other) {
    return new RecorderOptions(mode, epochSeconds, minMaxForAll, selection, other);
  }
}
