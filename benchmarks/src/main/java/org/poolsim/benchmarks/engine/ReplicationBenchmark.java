// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.engine;

import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.stat.ReplicationRunner;
import org.poolsim.engine.station.ClosedClients;
import org.poolsim.engine.station.FifoStation;

/** Replications of a closed queue of a hundred clients, on one thread and on two. Time of each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Thread)
public class ReplicationBenchmark {
  private static final int REPLICATIONS = 8;
  private static final long LENGTH_NANOS = 100_000_000_000L;

  @Param({"1", "2"})
  public int threads;

  private ReplicationRunner runner;

  @Setup(Level.Trial)
  public void open() {
    runner = new ReplicationRunner(threads);
  }

  @TearDown(Level.Trial)
  public void close() {
    runner.close();
  }

  @Benchmark
  @OperationsPerInvocation(REPLICATIONS)
  public List<Double> poolsim() {
    return runner.run(0, REPLICATIONS, ReplicationBenchmark::replicate);
  }

  private static double replicate(int number) {
    Simulator simulator = new Simulator();
    FifoStation station = new FifoStation(simulator, 4);
    ClosedClients clients =
        new ClosedClients(
            simulator,
            100,
            Distribution.exponential(50e6),
            List.of(new ClosedClients.Visit(station, Distribution.exponential(1.9e6))),
            new RandomStreams(1).replication(number));
    simulator.runUntil(LENGTH_NANOS);
    return clients.responses().mean();
  }
}
