// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.engine;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * Timers: 10,000 clients send a request, wait 1.3 s on average for the answer, and give up after 30
 * s; one request in a hundred is lost. An answer cancels the timeout and sends the next request.
 * Time per request.
 *
 * <p>The plain kernel cannot take a timeout out of a {@code PriorityQueue} in less than linear
 * time: it marks it dead, as is usual, and skips it 30 s later; the next request needs a new one.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimerBenchmark {
  private static final int CLIENTS = 10_000;
  private static final int REQUESTS = 100_000;
  private static final long TIMEOUT_NANOS = 30_000_000_000L;
  private static final long LOST = -1;

  /** Times to the answer, or LOST. */
  @State(Scope.Thread)
  public static class Workload {
    long[] answers;
    int next;
    int left;

    @Setup(Level.Trial)
    public void draw() {
      answers = Increments.EXPONENTIAL.table();
      for (int i = 0; i < answers.length; i++) {
        answers[i] = i % 100 == 99 ? LOST : answers[i] * 13 / 10;
      }
    }

    long answer() {
      return answers[next++ & (answers.length - 1)];
    }
  }

  /** Clients on poolsim's kernel: two events each. */
  @State(Scope.Thread)
  public static class Poolsim {
    private final Simulator simulator = new Simulator();
    private Workload workload;

    @Setup(Level.Trial)
    public void start(Workload given) {
      workload = given;
      workload.left = Integer.MAX_VALUE;
      for (int i = 0; i < CLIENTS; i++) {
        new Client(simulator, workload).send();
      }
      simulator.runUntil(2 * TIMEOUT_NANOS);
    }

    private static final class Client {
      private final Simulator simulator;
      private final Workload workload;
      private final Event answer =
          new Event() {
            @Override
            protected void fire() {
              simulator.cancel(timeout);
              send();
            }
          };
      private final Event timeout =
          new Event() {
            @Override
            protected void fire() {
              send();
            }
          };

      Client(Simulator simulator, Workload workload) {
        this.simulator = simulator;
        this.workload = workload;
      }

      void send() {
        simulator.scheduleAfter(timeout, TIMEOUT_NANOS);
        long nanos = workload.answer();
        if (nanos != LOST) {
          simulator.scheduleAfter(answer, nanos);
        }
        if (--workload.left == 0) {
          simulator.stop();
        }
      }
    }
  }

  /** Clients on the plain kernel: the answer is reused, the timeout cannot be. */
  @State(Scope.Thread)
  public static class Plain {
    private final PriorityQueueKernel kernel = new PriorityQueueKernel();
    private Workload workload;

    @Setup(Level.Trial)
    public void start(Workload given) {
      workload = given;
      workload.left = Integer.MAX_VALUE;
      for (int i = 0; i < CLIENTS; i++) {
        new PlainClient(kernel, workload).send();
      }
      while (kernel.nowNanos() < 2 * TIMEOUT_NANOS) {
        workload.left = 1000;
        kernel.runUntilIdle();
      }
    }

    private static final class PlainClient {
      private final PriorityQueueKernel kernel;
      private final Workload workload;
      private Timeout timeout;
      private final PriorityQueueKernel.Event answer =
          new PriorityQueueKernel.Event() {
            @Override
            protected void fire() {
              timeout.dead = true;
              send();
            }
          };

      PlainClient(PriorityQueueKernel kernel, Workload workload) {
        this.kernel = kernel;
        this.workload = workload;
      }

      void send() {
        timeout = new Timeout(this);
        kernel.scheduleAfter(timeout, TIMEOUT_NANOS);
        long nanos = workload.answer();
        if (nanos != LOST) {
          kernel.scheduleAfter(answer, nanos);
        }
        if (--workload.left == 0) {
          kernel.stop();
        }
      }
    }

    private static final class Timeout extends PriorityQueueKernel.Event {
      private final PlainClient client;
      private boolean dead;

      Timeout(PlainClient client) {
        this.client = client;
      }

      @Override
      protected void fire() {
        if (!dead) {
          client.send();
        }
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public int poolsim(Poolsim poolsim) {
    poolsim.workload.left = REQUESTS;
    poolsim.simulator.runUntilIdle();
    return poolsim.simulator.pending();
  }

  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public int priorityQueue(Plain plain) {
    plain.workload.left = REQUESTS;
    plain.kernel.runUntilIdle();
    return plain.kernel.pending();
  }
}
