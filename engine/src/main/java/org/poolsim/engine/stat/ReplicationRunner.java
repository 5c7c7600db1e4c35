// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.stat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Runs independent replications on several threads. A replication is a function of its number alone
 * (its random streams come from {@code RandomStreams.replication(number)}), so the results are the
 * same for any number of threads.
 */
public final class ReplicationRunner implements AutoCloseable {
  private final int threads;
  private final ExecutorService executor;

  /** Runs on all cores. */
  public ReplicationRunner() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /** Runs on {@code threads} threads, at least 1. */
  public ReplicationRunner(int threads) {
    this.threads = threads;
    executor =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "replication");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Returns the number of threads. */
  public int threads() {
    return threads;
  }

  /**
   * Runs replications {@code from} (included) to {@code to} (not included) and returns their
   * results in this order. If one fails, its exception (of the lowest number that failed) is thrown
   * when those running have ended.
   */
  public <T> List<T> run(int from, int to, IntFunction<T> replication) {
    List<Future<T>> futures = new ArrayList<>(to - from);
    for (int number = from; number < to; number++) {
      int current = number;
      futures.add(executor.submit(() -> replication.apply(current)));
    }
    List<T> results = new ArrayList<>(to - from);
    try {
      for (Future<T> future : futures) {
        results.add(future.get());
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the replications were interrupted", e);
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
    return results;
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof RuntimeException failure) {
      return failure;
    }
    if (cause instanceof Error failure) {
      throw failure;
    }
    return new IllegalStateException("a replication failed", cause);
  }

  /** Ends the threads. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
