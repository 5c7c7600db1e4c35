// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.memory;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Owner;
import org.poolsim.memory.HostMemory;
import org.poolsim.memory.HostMemorySpec;
import org.poolsim.memory.MemoryLimits;
import org.poolsim.memory.NumaTopology;
import org.poolsim.memory.VmMemorySpec;

/** A simulated day of a host with a thousand VMs that sit on their targets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IdleHostBenchmark {
  private static final long GIB = 1 << 20;
  private static final long DAY_NANOS = 86_400_000_000_000L;

  private Simulator simulator;

  /** A thousand VMs, and time enough for the daemon to find nothing to do. */
  @Setup
  public void prepare() {
    simulator = new Simulator();
    HostMemory host =
        new HostMemory(
            simulator,
            new DataSources(),
            new Owner(Owner.Kind.HOST, "host", "host"),
            new Owner(Owner.Kind.VM, "dom0", "dom0"),
            HostMemorySpec.installed(1200 * GIB, NumaTopology.uniform(64, 32)));
    for (int vm = 1; vm <= 1000; vm++) {
      host.runningVm(
          new Owner(Owner.Kind.VM, "vm-" + vm, "vm-" + vm),
          VmMemorySpec.hvm(MemoryLimits.dynamic(GIB / 2, GIB, GIB), 1),
          vm,
          GIB);
    }
    simulator.runUntil(60_000_000_000L);
  }

  /** Returns the events fired so far: always the same. */
  @Benchmark
  public long day() {
    simulator.runUntil(simulator.nowNanos() + DAY_NANOS);
    return simulator.eventsFired();
  }
}
