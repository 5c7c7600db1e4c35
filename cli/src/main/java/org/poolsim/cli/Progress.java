// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress in simulated time, with rate and remaining time on a terminal; silence in a pipe. */
final class Progress implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;

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
            .setTaskName(task)
            .setInitialMax(Math.max(1, durationNanos / SECOND * replications))
            .setUnit(" s simulated", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .showSpeed()
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
