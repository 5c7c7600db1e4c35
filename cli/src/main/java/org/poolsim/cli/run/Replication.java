// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.pool.CpuFactory;
import org.poolsim.pool.Pool;
import org.poolsim.pool.PoolObserver;
import org.poolsim.pool.spec.RunSpec;

/**
 * One replication of a run, advanced in slices so that it can show its progress and be interrupted.
 */
public final class Replication {
  private final RunSpec run;
  private final Pool pool;
  private boolean interrupted;

  /**
   * Assembles the pool.
   *
   * @param number from 0; each has random streams of its own
   * @param audit whether conservation is checked after every event
   */
  public Replication(
      RunSpec run,
      int number,
      CpuFactory cpus,
      DataSources sources,
      PoolObserver observer,
      boolean audit) {
    this.run = run;
    pool = new Pool(run, number, cpus, sources, observer);
    if (audit) {
      pool.simulator().audit(event -> pool.audit());
    }
  }

  /** Returns the pool. */
  public Pool pool() {
    return pool;
  }

  /**
   * Runs to the end, or until {@code stop} says so.
   *
   * @param progress told the simulated instant after each slice
   */
  public void run(LongConsumer progress, BooleanSupplier stop) {
    Simulator simulator = pool.simulator();
    long duration = run.durationNanos();
    Slice slice = new Slice();
    long done = 0;
    while (done < duration && !interrupted) {
      long until = slice.end(done, duration);
      long before = System.nanoTime();
      simulator.runUntil(until);
      slice.took(System.nanoTime() - before);
      done = until;
      progress.accept(done);
      interrupted = done < duration && stop.getAsBoolean();
    }
    pool.finish();
  }

  /** Returns whether it was stopped before its end. */
  public boolean wasInterrupted() {
    return interrupted;
  }
}
