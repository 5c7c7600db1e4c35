// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation;

import java.util.List;

/**
 * What came of one case file.
 *
 * @param cases one line per case, in the order of the file
 * @param computed the text of the results file: what poolsim computed, in the format of the set
 * @param repeated the cases that were judged over several sets of random draws, if that was asked
 */
public record Replay(List<CaseResult> cases, String computed, List<Repeated> repeated) {
  /** Creates what came of a file whose cases are judged once. */
  public Replay(List<CaseResult> cases, String computed) {
    this(cases, computed, List.of());
  }

  /**
   * A case judged over independent sets of random draws, of which the first is the one of its line
   * in the table.
   *
   * @param id the case
   * @param within for each set, whether the case agrees
   * @param mostOften the figure that is outside in most sets, and in how many; empty if none ever
   *     is
   */
  public record Repeated(String id, List<Boolean> within, String mostOften) {
    /** Returns in how many sets the case does not agree. */
    public int outside() {
      return (int) within.stream().filter(inside -> !inside).count();
    }
  }

  /**
   * One line of the table.
   *
   * @param id the case, as people would look for it
   * @param verdict whether it agrees
   * @param deviation the worst deviation, in words or figures
   * @param tolerance what the set allows
   */
  public record CaseResult(String id, Verdict verdict, String deviation, String tolerance) {}

  /** Whether a case agrees with what was recorded. */
  public enum Verdict {
    /** Within the tolerance. */
    PASS,
    /** Outside the tolerance. */
    FAIL,
    /** The file holds no recorded outcome: replayed and written, not judged. */
    NOT_JUDGED
  }
}
