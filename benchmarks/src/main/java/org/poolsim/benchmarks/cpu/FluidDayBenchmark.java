// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.cpu;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.DomainSpec;
import org.poolsim.cpu.HostCpuSpec;
import org.poolsim.cpu.fluid.FluidHostCpu;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * The day: hosts with 20 VMs each, every demand changing every 300 s. The score is the time per
 * change of one VM's demand; the day of 1,000 hosts is 5.76 million of them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class FluidDayBenchmark {
  private static final int VMS_PER_HOST = 20;
  private static final long STEP_NANOS = 300_000_000_000L;

  /** Changes the demands of all VMs of a host at each step. */
  private static final class HostTrace extends Event {
    private final Simulator simulator;
    private final CpuDomain[] vms = new CpuDomain[VMS_PER_HOST];
    private long state;

    HostTrace(Simulator simulator, int pcpus, int host) {
      this.simulator = simulator;
      this.state = host;
      FluidHostCpu cpu =
          new FluidHostCpu(simulator, HostCpuSpec.of("host-" + host, CpuTopology.flat(pcpus)));
      for (int i = 0; i < VMS_PER_HOST; i++) {
        vms[i] = cpu.createDomain(new DomainSpec("vm-" + i, 1, 256, 0, null, null));
      }
      simulator.schedule(this, STEP_NANOS);
    }

    @Override
    protected void fire() {
      for (CpuDomain vm : vms) {
        state += 0x9E3779B97F4A7C15L;
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z ^= z >>> 27;
        vm.setDemand(0, (z >>> 11) * 0x1p-53);
      }
      simulator.scheduleAfter(this, STEP_NANOS);
    }
  }

  /** A pool of hosts that has run for an hour. */
  private static Simulator pool(int hosts, int pcpus) {
    Simulator simulator = new Simulator();
    for (int i = 0; i < hosts; i++) {
      new HostTrace(simulator, pcpus, i);
    }
    simulator.runUntil(12 * STEP_NANOS);
    return simulator;
  }

  private static long step(Simulator simulator) {
    simulator.runUntil(simulator.nowNanos() + STEP_NANOS);
    return simulator.eventsFired();
  }

  /** A hundred hosts. */
  @State(Scope.Thread)
  public static class Hundred {
    /** 16: without contention; 8: contended more often than not. */
    @Param({"16", "8"})
    int pcpus;

    private Simulator simulator;

    /** Creates the pool. */
    @Setup
    public void setUp() {
      simulator = pool(100, pcpus);
    }
  }

  /** A thousand hosts. */
  @State(Scope.Thread)
  public static class Thousand {
    /** 16: without contention; 8: contended more often than not. */
    @Param({"16", "8"})
    int pcpus;

    private Simulator simulator;

    /** Creates the pool. */
    @Setup
    public void setUp() {
      simulator = pool(1000, pcpus);
    }
  }

  /** A hundred hosts, one step of all their VMs. */
  @Benchmark
  @OperationsPerInvocation(100 * VMS_PER_HOST)
  public long hundredHosts(Hundred hundred) {
    return step(hundred.simulator);
  }

  /** A thousand hosts, one step of all their VMs. */
  @Benchmark
  @OperationsPerInvocation(1000 * VMS_PER_HOST)
  public long thousandHosts(Thousand thousand) {
    return step(thousand.simulator);
  }
}
