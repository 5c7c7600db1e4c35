// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.poolsim.validation.Replay.CaseResult;
import org.poolsim.validation.Replay.Verdict;

/**
 * The cases of a validation, printed in parts as they are judged. A column is as wide as its widest
 * cell so far, so that the rows of a part are aligned.
 */
final class CaseTable {
  private static final int VERDICT_WIDTH = 10;

  private final PrintWriter out;
  private final List<CaseResult> waiting = new ArrayList<>();
  private boolean begun;
  private int idWidth = "case".length();
  private int deviationWidth = "deviation".length();

  CaseTable(PrintWriter out) {
    this.out = out;
  }

  /** Adds cases to those to be printed. */
  void add(List<CaseResult> cases) {
    waiting.addAll(cases);
  }

  /** Prints the cases that were added since it was last called; the first time under a heading. */
  void print() {
    for (CaseResult one : waiting) {
      idWidth = Math.max(idWidth, one.id().length());
      deviationWidth = Math.max(deviationWidth, one.deviation().length());
    }
    if (!begun) {
      begun = true;
      line("case", "verdict", "deviation", "tolerance");
    }
    for (CaseResult one : waiting) {
      line(one.id(), word(one.verdict()), one.deviation(), one.tolerance());
    }
    waiting.clear();
    out.flush();
  }

  private void line(String id, String verdict, String deviation, String tolerance) {
    String format = "%-" + idWidth + "s  %-" + VERDICT_WIDTH + "s  %-" + deviationWidth + "s  %s%n";
    out.printf(format, id, verdict, deviation, tolerance);
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "pass";
      case FAIL -> "FAIL";
      case NOT_JUDGED -> "not judged";
    };
  }
}
