// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.cpu;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.guest.Behaviour;
import org.poolsim.cpu.guest.Burst;
import org.poolsim.cpu.guest.Hog;
import org.poolsim.cpu.guest.Periodic;
import org.poolsim.cpu.guest.Quiet;
import org.poolsim.cpu.sched.SchedDomain;
import org.poolsim.cpu.sched.SchedHost;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.TimingParameters;
import org.poolsim.cpu.sched.Vcpu;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStreams;

/**
 * One simulated second of a host per invocation, with late timers and reschedule requests. The CPU
 * time per context switch is {@code cpuNanos / switches}; both are sums over the iterations.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    // As the yardstick, HoldBenchmark, and as poolsim itself is started.
    jvmArgsAppend = {"-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseTransparentHugePages"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SchedulerBenchmark {
  private static final long MILLISECOND = 1_000_000L;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Workloads of the recorded families. */
  public enum Workload {
    /** 16 VMs of 2 vCPUs, all hogs, on 8 pCPUs. */
    OVERCOMMIT_P8_X4(8),
    /** 16 hogs and a VM of 100 us each ms on 8 pCPUs. */
    IO_PERIODIC_P8_H16(8),
    /** 8 hogs and 64 interactive VMs (1 ms / 20 ms) on 8 pCPUs. */
    INTERACTIVE_P8_H8_I64(8),
    /** 16 VMs that run 2 ms and sleep 8 ms on 4 pCPUs. */
    BURSTS_P4_N16(4),
    /** 8 hogs and the VM of 100 us each ms on 8 pCPUs, without blocked VMs. */
    BLOCKED_P8_0(8),
    /** The same with 200 blocked VMs. */
    BLOCKED_P8_200(8),
    /** The same with 2000 blocked VMs. */
    BLOCKED_P8_2000(8);

    private final int pcpus;

    Workload(int pcpus) {
      this.pcpus = pcpus;
    }
  }

  /** A host that runs. */
  @State(Scope.Thread)
  public static class Running {
    @Param({"credit2", "credit-xenserver"})
    public String scheduler;

    @Param public Workload workload;

    private Simulator simulator;
    private SchedHost host;
    private int domains;

    /** Builds the host and runs it in for two seconds. */
    @Setup(Level.Iteration)
    public void build() {
      simulator = new Simulator();
      host =
          SchedHost.withOnePool(
              simulator,
              CpuTopology.flat(workload.pcpus),
              TimingParameters.jittered(),
              new RandomStreams(1).stream("benchmark"),
              scheduler,
              SchedulerParameters.defaults());
      domains = 0;
      switch (workload) {
        case OVERCOMMIT_P8_X4 -> hogs(16, 2);
        case IO_PERIODIC_P8_H16 -> {
          hogs(16, 1);
          periodic();
        }
        case INTERACTIVE_P8_H8_I64 -> {
          hogs(8, 1);
          for (int i = 0; i < 64; i++) {
            Burst.random(vcpu(), MILLISECOND, 20 * MILLISECOND, 2000 + i).start();
          }
        }
        case BURSTS_P4_N16 -> {
          for (int i = 0; i < 16; i++) {
            Burst.fixed(vcpu(), 2 * MILLISECOND, 8 * MILLISECOND).start();
          }
        }
        case BLOCKED_P8_0 -> blocked(0);
        case BLOCKED_P8_200 -> blocked(200);
        case BLOCKED_P8_2000 -> blocked(2000);
      }
      simulator.runUntil(2 * SECOND);
    }

    private void blocked(int count) {
      hogs(8, 1);
      periodic();
      for (int i = 0; i < count; i++) {
        new Quiet(vcpu()).start();
      }
    }

    private void periodic() {
      new Periodic(vcpu(), MILLISECOND, MILLISECOND / 10, 137_000).start();
    }

    private void hogs(int count, int vcpus) {
      for (int i = 0; i < count; i++) {
        SchedDomain domain = host.createDomain(host.poolOf(0), ++domains, vcpus);
        for (int id = 0; id < vcpus; id++) {
          Behaviour hog = new Hog(domain.vcpu(id));
          hog.start();
        }
      }
    }

    private Vcpu vcpu() {
      return host.createDomain(host.poolOf(0), ++domains, 1).vcpu(0);
    }

    private long switches() {
      long sum = 0;
      for (int cpu = 0; cpu < workload.pcpus; cpu++) {
        sum += host.switches(cpu);
      }
      return sum;
    }
  }

  /** Context switches of all pCPUs. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Counters {
    /** Simulated seconds. */
    public long seconds;

    /** Context switches, those to and from idle included. */
    public long switches;

    /** CPU time of the measuring thread, in nanoseconds. */
    public long cpuNanos;

    /** Heap that the measuring thread allocated, in bytes. */
    public long allocatedBytes;

    /** Starts an iteration at zero. */
    @Setup(Level.Iteration)
    public void reset() {
      seconds = 0;
      switches = 0;
      cpuNanos = 0;
      allocatedBytes = 0;
    }
  }

  /** One simulated second. */
  @Benchmark
  public void second(Running running, Counters counters) {
    long before = running.switches();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long start = THREADS.getCurrentThreadCpuTime();
    running.simulator.runUntil(running.simulator.nowNanos() + SECOND);
    counters.cpuNanos += THREADS.getCurrentThreadCpuTime() - start;
    counters.allocatedBytes += THREADS.getCurrentThreadAllocatedBytes() - allocated;
    counters.switches += running.switches() - before;
    counters.seconds++;
  }
}
