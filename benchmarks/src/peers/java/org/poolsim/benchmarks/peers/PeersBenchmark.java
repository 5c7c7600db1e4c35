// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.peers;

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
import org.poolsim.benchmarks.engine.Increments;

/**
 * Time per event of HOLD with exponential increments, per request of the timers, and per customer
 * of M/M/1 at load 0.9, on each simulator. All read the same tables of draws.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      // Two of the simulators insist on this logger; poolsim's command brings another one.
      "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
      // A simulator that runs in one go still waits in an event when all is measured.
      "-Djmh.shutdownTimeout=1"
    })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PeersBenchmark {
  private static final int EVENTS = 20_000;

  /** Counts down to the pause. */
  private abstract static class Run {
    final Peer peer;
    final long[] table = Increments.EXPONENTIAL.table();
    private int next;
    private int left;

    Run(Peer peer) {
      this.peer = peer;
    }

    /** Returns the next draw of the exponential law with mean one second, in nanoseconds. */
    final long draw() {
      return table[next++ & (table.length - 1)];
    }

    final void one() {
      if (--left == 0) {
        peer.pause();
      }
    }

    final int more(int count) {
      left = count;
      peer.run();
      return left;
    }
  }

  /** Each event schedules itself again. */
  @State(Scope.Thread)
  public static class Hold {
    @Param public SimulatorKind simulator;

    @Param({"1000", "100000", "1000000"})
    public int pending;

    private Run run;

    @Setup(Level.Trial)
    public void fill() {
      Run filled = new Run(simulator.open()) {};
      for (long start : Increments.EXPONENTIAL.starts(pending)) {
        Peer.Timer[] timer = new Peer.Timer[1];
        timer[0] =
            filled.peer.timer(
                () -> {
                  timer[0].scheduleAfter(filled.draw());
                  filled.one();
                });
        timer[0].scheduleAfter(start);
      }
      run = filled;
    }
  }

  /**
   * Clients that ask, wait 1.3 s on average, give up after 30 s (one request in a hundred), and ask
   * again.
   */
  @State(Scope.Thread)
  public static class Timers {
    private static final int CLIENTS = 10_000;
    private static final long TIMEOUT_NANOS = 30_000_000_000L;

    @Param public SimulatorKind simulator;

    private Run run;

    @Setup(Level.Trial)
    public void start() {
      run = new Run(simulator.open()) {};
      for (int i = 0; i < CLIENTS; i++) {
        new Client(run).send();
      }
      // Until the first timeouts have passed and the number pending is steady.
      while (run.peer.nowNanos() < 2 * TIMEOUT_NANOS) {
        run.more(EVENTS);
      }
    }

    private static final class Client {
      private final Run run;
      private final Peer.Timer answer;
      private final Peer.Timer timeout;

      Client(Run run) {
        this.run = run;
        answer = run.peer.timer(this::answered);
        timeout = run.peer.timer(this::ask);
      }

      private void answered() {
        timeout.cancel();
        ask();
      }

      private void ask() {
        send();
        run.one();
      }

      void send() {
        timeout.scheduleAfter(TIMEOUT_NANOS);
        long nanos = run.draw();
        if (nanos % 100 != 0) {
          answer.scheduleAfter(nanos * 13 / 10);
        }
      }
    }
  }

  /** One queue; two events a customer. */
  @State(Scope.Thread)
  public static class MM1 {
    @Param public SimulatorKind simulator;

    private Run run;

    @Setup(Level.Trial)
    public void start() {
      run = new Run(simulator.open()) {};
      new Queue(run).arrive();
    }

    private static final class Queue {
      private final Run run;
      private final Peer.Timer arrival;
      private final Peer.Timer departure;
      private long present;

      Queue(Run run) {
        this.run = run;
        arrival = run.peer.timer(this::arrive);
        departure = run.peer.timer(this::leave);
      }

      void arrive() {
        if (present++ == 0) {
          departure.scheduleAfter(run.draw());
        }
        arrival.scheduleAfter(run.draw() * 10 / 9);
      }

      private void leave() {
        if (--present > 0) {
          departure.scheduleAfter(run.draw());
        }
        run.one();
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int hold(Hold hold) {
    return hold.run.more(EVENTS);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int timers(Timers timers) {
    return timers.run.more(EVENTS);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int mm1(MM1 mm1) {
    return mm1.run.more(EVENTS);
  }
}
