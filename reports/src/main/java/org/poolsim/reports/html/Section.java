// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.List;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.RunResult;

/** One section of the page. */
interface Section {
  /** Returns its anchor, which also names its data. */
  String id();

  /** Returns its heading. */
  String title();

  /** Returns why the run has no such section; empty if it has. */
  String absence(RunResult run);

  /** Returns the saturation lanes that are about this section; if all are quiet, it folds. */
  default List<Lane> lanes(RunResult run) {
    return List.of();
  }

  /** Returns whether it folds when its lanes are quiet. */
  default boolean folds(RunResult run) {
    return true;
  }

  /** Returns the line that stands for the section while it is folded. */
  default String quietLine(RunResult run) {
    return "";
  }

  /** Returns the sentence below the heading; may be empty. */
  default String sentence(RunResult run) {
    return "";
  }

  /** Writes the panels, and its data island last. */
  void write(RunResult run, Markup page);
}
