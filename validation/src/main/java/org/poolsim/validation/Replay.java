// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation;

import java.util.List;

/**
 * What came of one case file.
 *
 * @param cases one line per case, in the order of the file
 * @param computed the text of the results file: what poolsim computed, in the format of the set
 */
public record Replay(List<CaseResult> cases, String computed) {
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
