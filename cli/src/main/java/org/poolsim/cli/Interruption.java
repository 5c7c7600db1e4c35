// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.poolsim.cli.run.OutputDirectory;
import org.poolsim.reports.summary.Figures;

/**
 * Lets a run end cleanly on SIGINT and SIGTERM: the virtual machine waits for the run to notice.
 * What is finished by then is written, and the virtual machine waits for that too; of a simulation
 * that is not finished nothing is left. The user is told which of the two it was.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final AtomicBoolean requested = new AtomicBoolean();
  private final AtomicBoolean saidWriting = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;
  private volatile long reachedNanos;
  private volatile OutputDirectory output;
  private volatile String kept;

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

  /** Notes that what is finished is being written, and what has to be removed if that fails. */
  void writing(OutputDirectory directory) {
    output = directory;
    if (requested()) {
      sayWriting();
    }
  }

  /** Notes that it is written. */
  void written(String what) {
    kept = what;
  }

  private void onShutdown() {
    requested.set(true);
    if (output != null) {
      sayWriting();
    }
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        if (output == null) {
          System.err.println("poolsim: the run did not stop within " + PATIENCE_SECONDS + " s");
        } else {
          ended.await();
        }
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    if (kept != null) {
      System.err.println("poolsim: interrupted: " + kept);
      return;
    }
    OutputDirectory directory = output;
    if (directory != null) {
      directory.abandon();
    }
    System.err.println(
        "poolsim: interrupted at "
            + Figures.clock(reachedNanos)
            + " of simulated time; nothing was written");
  }

  private void sayWriting() {
    if (saidWriting.compareAndSet(false, true)) {
      System.err.println("poolsim: interrupted: what is finished is being written ...");
    }
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
