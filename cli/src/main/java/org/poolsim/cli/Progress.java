// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress in simulated seconds, with rate and remaining time on a terminal; silence in a pipe. */
final class Progress implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;

  /** The bar has what the name and the figures leave of the line. */
  private static final int NAME_MAX = 24;

  private final ProgressBar bar;

  private Progress(ProgressBar bar) {
    this.bar = bar;
  }

  /** Begins to show the progress of {@code replications} runs of {@code durationNanos} each. */
  static Progress begin(String task, long durationNanos, int replications, boolean quiet) {
    if (quiet || !Terminal.showsProgress()) {
      return new Progress(null);
    }
    return new Progress(
        new ProgressBarBuilder()
            .setTaskName(task.length() > NAME_MAX ? task.substring(0, NAME_MAX) : task)
            .setInitialMax(Math.max(1, durationNanos / SECOND * replications))
            .setUnit(" s", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .showSpeed()
            .clearDisplayOnFinish()
            .build());
  }

  /** Returns who is told how far one replication is. */
  LongConsumer replication() {
    if (bar == null) {
      return nanos -> {};
    }
    return new LongConsumer() {
      private long told;

      @Override
      public void accept(long nanos) {
        long seconds = nanos / SECOND;
        bar.stepBy(seconds - told);
        told = seconds;
      }
    };
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
