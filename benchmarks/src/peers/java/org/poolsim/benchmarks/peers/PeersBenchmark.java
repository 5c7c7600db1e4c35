// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.peers;

import java.util.concurrent.TimeUnit;
import org.cloudsimplus.core.CloudSimEntity;
import org.cloudsimplus.core.CloudSimPlus;
import org.cloudsimplus.core.events.SimEvent;
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
import org.poolsim.benchmarks.engine.Increments;
import org.poolsim.engine.Simulator;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.eventlist.SplayTree;

/**
 * HOLD with exponential increments from one table, a million events from the same start on each
 * simulator. A simulator that cannot be started twice is filled anew for every shot.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@OperationsPerInvocation(PeersBenchmark.EVENTS)
public class PeersBenchmark {
  static final int EVENTS = 1_000_000;
  private static final double SECOND = 1e9;

  /** What all are given. */
  @State(Scope.Thread)
  public static class Workload {
    @Param({"100000"})
    public int pending;

    private long[] table;
    private long[] starts;
    private int next;
    private int left;

    @Setup(Level.Trial)
    public void draw() {
      table = Increments.EXPONENTIAL.table();
      starts = Increments.EXPONENTIAL.starts(pending);
    }

    @Setup(Level.Invocation)
    public void rewind() {
      left = EVENTS;
    }

    long increment() {
      return table[next++ & (table.length - 1)];
    }

    boolean last() {
      return --left == 0;
    }
  }

  /** poolsim. */
  @State(Scope.Thread)
  public static class Poolsim {
    private Simulator simulator;

    @Setup(Level.Invocation)
    public void fill(Workload workload) {
      Simulator kernel = new Simulator();
      simulator = kernel;
      for (long start : workload.starts) {
        kernel.schedule(
            new org.poolsim.engine.Event() {
              @Override
              protected void fire() {
                kernel.scheduleAfter(this, workload.increment());
                if (workload.last()) {
                  kernel.stop();
                }
              }
            },
            start);
      }
    }
  }

  /** SSJ with its splay tree; events are reused. */
  @State(Scope.Thread)
  public static class Ssj {
    private umontreal.ssj.simevents.Simulator simulator;

    @Setup(Level.Invocation)
    public void fill(Workload workload) {
      umontreal.ssj.simevents.Simulator kernel =
          new umontreal.ssj.simevents.Simulator(new SplayTree());
      simulator = kernel;
      kernel.init();
      for (long start : workload.starts) {
        new Event(kernel) {
          @Override
          public void actions() {
            schedule(workload.increment() / SECOND);
            if (workload.last()) {
              kernel.stop();
            }
          }
        }.schedule(start / SECOND);
      }
    }
  }

  /** CloudSim Plus: one entity that sends itself messages. */
  @State(Scope.Thread)
  public static class CloudSim {
    private CloudSimPlus simulation;

    @Setup(Level.Invocation)
    public void fill(Workload workload) {
      simulation = new CloudSimPlus();
      Holder holder = new Holder(simulation, workload);
      if (holder.getSimulation() != simulation) {
        throw new IllegalStateException("the entity belongs to another simulation");
      }
    }

    private static final class Holder extends CloudSimEntity {
      private static final int TAG = 1_000_000;
      private final CloudSimPlus owner;
      private final Workload workload;

      Holder(CloudSimPlus owner, Workload workload) {
        super(owner);
        this.owner = owner;
        this.workload = workload;
      }

      @Override
      protected void startInternal() {
        for (long start : workload.starts) {
          schedule(this, start / SECOND, TAG);
        }
      }

      @Override
      public void processEvent(SimEvent event) {
        schedule(this, workload.increment() / SECOND, TAG);
        if (workload.last()) {
          owner.abort();
        }
      }
    }
  }

  @Benchmark
  public int poolsim(Poolsim poolsim, Workload workload) {
    poolsim.simulator.runUntilIdle();
    return finished(workload);
  }

  @Benchmark
  public int ssj(Ssj ssj, Workload workload) {
    ssj.simulator.start();
    return finished(workload);
  }

  /** Includes the time to schedule the first events, a tenth of all. */
  @Benchmark
  public int cloudSimPlus(CloudSim cloudSim, Workload workload) {
    cloudSim.simulation.start();
    return finished(workload);
  }

  private static int finished(Workload workload) {
    if (workload.left > 0) {
      throw new IllegalStateException("events left: " + workload.left);
    }
    return workload.left;
  }
}
