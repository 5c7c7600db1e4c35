// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.poolsim.validation.ValidationSet;

/**
 * Progress of a validation on a terminal; silence in a pipe. A file that tells how many cases it
 * has is shown case by case, the others file by file.
 */
final class CaseProgress implements ValidationSet.Watcher, AutoCloseable {
  private final String set;
  private final int files;
  private final boolean shown;
  private Path file;
  private int done;
  private boolean told;
  private ProgressBar bar;

  CaseProgress(String set, int files, boolean shown) {
    this.set = set;
    this.files = files;
    this.shown = shown;
  }

  /** Called before a file is replayed. */
  void reads(Path newFile) {
    file = newFile;
    told = false;
  }

  @Override
  public void begins(int cases) {
    told = true;
    show(file.getFileName().toString(), " cases", cases);
  }

  @Override
  public void judged() {
    if (bar != null) {
      bar.step();
    }
  }

  /**
   * Called after a file has been replayed.
   *
   * @return whether its cases can be printed now: no line of progress is below them
   */
  boolean hasRead() {
    done++;
    if (told) {
      close();
    } else {
      if (bar == null) {
        show(set, " files", files);
      }
      if (bar != null) {
        bar.stepTo(done);
      }
    }
    return told;
  }

  private void show(String task, String unit, int total) {
    close();
    if (shown) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setUnit(unit, 1)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .build();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
