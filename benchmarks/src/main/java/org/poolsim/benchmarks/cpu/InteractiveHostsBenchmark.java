// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.cpu;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.CpuWork;
import org.poolsim.cpu.DomainSpec;
import org.poolsim.cpu.HostCpuSpec;
import org.poolsim.cpu.detailed.DetailedHostCpu;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

/**
 * Every scheduling decision of 8 hosts with 32 pCPUs and 25 interactive VMs each: exponential
 * bursts of work (mean 1 ms) and sleeps (mean 20 ms), as in the interactive family of the recorded
 * cases. The score is the time for 100 ms of simulated time: 1 ms is a hundred times faster than
 * real time.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Thread)
public class InteractiveHostsBenchmark {
  private static final long SPAN_NANOS = 100_000_000L;
  private static final double MEAN_RUN_NANOS = 1e6;
  private static final double MEAN_SLEEP_NANOS = 20e6;

  /** The scheduler of the hosts. */
  @Param({"credit-xenserver", "credit2"})
  String scheduler;

  private Simulator simulator;

  /** Runs and sleeps by turns. */
  private static final class Interactive extends CpuWork {
    private final Simulator simulator;
    private final CpuDomain domain;
    private final RandomStream draws;
    private final Event wake =
        new Event() {
          @Override
          protected void fire() {
            run();
          }
        };

    Interactive(Simulator simulator, CpuDomain domain, RandomStream draws) {
      this.simulator = simulator;
      this.domain = domain;
      this.draws = draws;
      run();
    }

    private void run() {
      domain.submit(this, Math.max(1, (long) draws.exponential(MEAN_RUN_NANOS)));
    }

    @Override
    protected void completed() {
      simulator.scheduleAfter(wake, (long) draws.exponential(MEAN_SLEEP_NANOS));
    }
  }

  /** Creates the hosts and runs them for a second. */
  @Setup
  public void setUp() {
    simulator = new Simulator();
    RandomStreams streams = new RandomStreams(1);
    for (int i = 0; i < 8; i++) {
      HostCpuSpec spec =
          HostCpuSpec.of("host-" + i, new CpuTopology(1, 32, 1)).withScheduler(scheduler);
      DetailedHostCpu host = new DetailedHostCpu(simulator, spec, streams);
      for (int j = 0; j < 25; j++) {
        CpuDomain domain =
            host.createDomain(new DomainSpec("vm-" + i + "-" + j, 1, 256, 0, null, null));
        new Interactive(simulator, domain, streams.stream("interactive/" + domain.name()));
      }
    }
    simulator.runUntil(1_000_000_000L);
  }

  /** Advances all hosts by 100 ms. */
  @Benchmark
  public long hundredMilliseconds() {
    simulator.runUntil(simulator.nowNanos() + SPAN_NANOS);
    return simulator.eventsFired();
  }
}
