// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.engine;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * HOLD: a constant number of events is pending, and each that fires schedules itself anew. Time per
 * event.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 2,
    // Both sides alike: at ten million pending small pages cost either a miss of the TLB an access.
    jvmArgsAppend = {"-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseTransparentHugePages"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HoldBenchmark {
  /** Events per invocation. */
  public static final int EVENTS = 100_000;

  /** What both sides are given. */
  @State(Scope.Thread)
  public static class Workload {
    @Param({"1000", "100000", "1000000", "10000000"})
    public int pending;

    @Param({"exponential", "uniform", "bimodal", "pareto", "constant", "mixed"})
    public String increments;

    Increments law;
    long[] table;
    int next;

    /** Draws the increments. */
    @Setup(Level.Trial)
    public void draw() {
      law = Increments.valueOf(increments.toUpperCase(Locale.ROOT));
      table = law.table();
    }

    long increment() {
      return table[next++ & (table.length - 1)];
    }
  }

  /** A simulator with its events. */
  @State(Scope.Thread)
  public static class Poolsim {
    private Simulator simulator;
    private int left;

    @Setup(Level.Trial)
    public void fill(Workload workload) {
      simulator = new Simulator();
      Simulator kernel = simulator;
      for (long start : workload.law.starts(workload.pending)) {
        kernel.schedule(new Held(this, workload), start);
      }
    }

    private static final class Held extends Event {
      private final Poolsim poolsim;
      private final Workload workload;

      Held(Poolsim poolsim, Workload workload) {
        this.poolsim = poolsim;
        this.workload = workload;
      }

      @Override
      protected void fire() {
        poolsim.simulator.scheduleAfter(this, workload.increment());
        if (--poolsim.left == 0) {
          poolsim.simulator.stop();
        }
      }
    }
  }

  /** The plain kernel with its events. */
  @State(Scope.Thread)
  public static class Plain {
    private PriorityQueueKernel kernel;
    private int left;

    @Setup(Level.Trial)
    public void fill(Workload workload) {
      kernel = new PriorityQueueKernel();
      for (long start : workload.law.starts(workload.pending)) {
        kernel.scheduleAfter(new PlainHeld(this, workload), start);
      }
    }

    private static final class PlainHeld extends PriorityQueueKernel.Event {
      private final Plain plain;
      private final Workload workload;

      PlainHeld(Plain plain, Workload workload) {
        this.plain = plain;
        this.workload = workload;
      }

      @Override
      protected void fire() {
        plain.kernel.scheduleAfter(this, workload.increment());
        if (--plain.left == 0) {
          plain.kernel.stop();
        }
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int poolsim(Poolsim poolsim, Workload workload) {
    poolsim.left = EVENTS;
    poolsim.simulator.runUntilIdle();
    return poolsim.simulator.pending();
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int priorityQueue(Plain plain, Workload workload) {
    plain.left = EVENTS;
    plain.kernel.runUntilIdle();
    return plain.kernel.pending();
  }
}
