// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Threads that write files, each file by one of them: what is in a file does not depend on their
 * number. After {@link #close()} none of them writes any more.
 */
final class FileWorkers implements AutoCloseable {
  /** More would not write faster. */
  private static final int MOST_THREADS = 8;

  /** So many objects are taken at once. */
  private static final int TAKEN = 16;

  private final int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  private final ExecutorService executor = Executors.newFixedThreadPool(threads);
  private final List<Future<?>> begun = new ArrayList<>();
  private volatile boolean stopped;

  /** Something that writes files. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** Writes the files of one object. */
  @FunctionalInterface
  interface Each<T> {
    void write(T object) throws IOException;
  }

  /** Begins one piece of work. */
  void begin(Work work) {
    begun.add(
        executor.submit(
            () -> {
              work.run();
              return null;
            }));
  }

  /**
   * Begins to write the files of all objects.
   *
   * @param writers makes a writer for each thread
   */
  <T> void beginEach(List<T> objects, Supplier<Each<T>> writers) {
    AtomicInteger next = new AtomicInteger();
    for (int i = 0; i < threads; i++) {
      begin(
          () -> {
            Each<T> writer = writers.get();
            int from = next.getAndAdd(TAKEN);
            while (from < objects.size() && !stopped) {
              for (T object : objects.subList(from, Math.min(objects.size(), from + TAKEN))) {
                writer.write(object);
              }
              from = next.getAndAdd(TAKEN);
            }
          });
    }
  }

  /**
   * Waits for everything that was begun.
   *
   * @throws IOException the first failure, in the order in which the work was begun; what is not an
   *     exception of input and output is thrown as it is
   */
  void finish() throws IOException {
    for (Future<?> work : begun) {
      try {
        work.get();
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof IOException unwritten) {
          throw unwritten;
        }
        if (failed.getCause() instanceof RuntimeException wrong) {
          throw wrong;
        }
        throw (Error) failed.getCause();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while files were written", interrupted);
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    executor.shutdown();
    boolean interrupted = false;
    while (!executor.isTerminated()) {
      try {
        executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
