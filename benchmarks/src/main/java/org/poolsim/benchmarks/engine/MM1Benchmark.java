// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.engine;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

/** M/M/1 at load 0.9, ten million customers: one or two events are pending. Time of the whole. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@State(Scope.Thread)
public class MM1Benchmark {
  private static final int CUSTOMERS = 10_000_000;
  private static final double SERVICE_NANOS = 1e9;
  private static final double LOAD = 0.9;

  private long seed;

  @Benchmark
  public double poolsim() {
    return meanWait(seed++);
  }

  /** Returns the mean wait before service, in mean services, of ten million customers. */
  static double meanWait(long seed) {
    Queue queue = new Queue(seed);
    Simulator simulator = new Simulator();
    Event[] departure = new Event[1];
    departure[0] =
        new Event() {
          @Override
          protected void fire() {
            if (queue.leave(simulator.nowNanos())) {
              simulator.scheduleAfter(this, queue.service());
            }
          }
        };
    simulator.schedule(
        new Event() {
          @Override
          protected void fire() {
            if (queue.enter(simulator.nowNanos())) {
              simulator.scheduleAfter(departure[0], queue.service());
            }
            if (queue.more()) {
              simulator.scheduleAfter(this, queue.gap());
            }
          }
        },
        0);
    simulator.runUntilIdle();
    return queue.meanWait();
  }

  @Benchmark
  public double priorityQueue() {
    Queue queue = new Queue(seed++);
    PriorityQueueKernel kernel = new PriorityQueueKernel();
    PriorityQueueKernel.Event[] departure = new PriorityQueueKernel.Event[1];
    departure[0] =
        new PriorityQueueKernel.Event() {
          @Override
          protected void fire() {
            if (queue.leave(kernel.nowNanos())) {
              kernel.scheduleAfter(this, queue.service());
            }
          }
        };
    kernel.scheduleAfter(
        new PriorityQueueKernel.Event() {
          @Override
          protected void fire() {
            if (queue.enter(kernel.nowNanos())) {
              kernel.scheduleAfter(departure[0], queue.service());
            }
            if (queue.more()) {
              kernel.scheduleAfter(this, queue.gap());
            }
          }
        },
        0);
    kernel.runUntilIdle();
    return queue.meanWait();
  }

  /** The queue itself, the same for both kernels. */
  private static final class Queue {
    private static final int MASK = (1 << 16) - 1;

    private final long[] arrivals = new long[MASK + 1];
    private final RandomStream gaps;
    private final RandomStream services;
    private int head;
    private int length;
    private int entered;
    private int left;
    private double waits;

    Queue(long seed) {
      RandomStreams streams = new RandomStreams(seed);
      gaps = streams.stream("gaps");
      services = streams.stream("services");
    }

    long gap() {
      return gaps.exponentialNanos(SERVICE_NANOS / LOAD);
    }

    long service() {
      return services.exponentialNanos(SERVICE_NANOS);
    }

    boolean more() {
      return entered < CUSTOMERS;
    }

    boolean enter(long now) {
      entered++;
      if (length > MASK) {
        throw new IllegalStateException("the queue outgrew its ring");
      }
      arrivals[(head + length) & MASK] = now;
      length++;
      return length == 1;
    }

    boolean leave(long now) {
      length--;
      left++;
      head = (head + 1) & MASK;
      if (length == 0) {
        return false;
      }
      waits += (double) (now - arrivals[head]);
      return true;
    }

    double meanWait() {
      return waits / left / SERVICE_NANOS;
    }
  }
}
