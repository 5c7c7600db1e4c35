// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.poolsim.cli.run.OutputDirectory;

/**
 * Lets a run end cleanly on SIGINT and SIGTERM: the virtual machine waits for the run to notice,
 * the partial output is removed and the user is told.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final AtomicBoolean requested = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;
  private volatile long reachedNanos;
  private volatile OutputDirectory output;

  /** Begins to listen. */
  Interruption() {
    hook = new Thread(this::onShutdown, "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Returns whether the user asked to stop. */
  boolean requested() {
    return requested.get();
  }

  /** Notes how far the run is. */
  void reached(long nanos) {
    reachedNanos = nanos;
  }

  /** Notes what has to be removed. */
  void writing(OutputDirectory directory) {
    output = directory;
  }

  private void onShutdown() {
    requested.set(true);
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("poolsim: the run did not stop within " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    OutputDirectory directory = output;
    if (directory != null) {
      directory.abandon();
    }
    System.err.println(
        "poolsim: interrupted at "
            + org.poolsim.reports.summary.Figures.clock(reachedNanos)
            + " of simulated time; nothing was written");
  }

  /** Tells a waiting shutdown that the run has stopped. */
  void stopped() {
    ended.countDown();
  }

  /** Ends listening: what is done from here on is not undone. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook runs and says what there is to say.
      requested.set(true);
    }
  }
}
