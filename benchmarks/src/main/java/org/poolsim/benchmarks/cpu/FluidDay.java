// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.cpu;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import org.poolsim.cpu.CpuDataSources;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.CpuTopology;
import org.poolsim.cpu.DomainSpec;
import org.poolsim.cpu.HostCpuSpec;
import org.poolsim.cpu.fluid.FluidHostCpu;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.rrd.Recorder;
import org.poolsim.reports.rrd.RecorderOptions;

/**
 * The day once, in full: hosts with 20 VMs of one vCPU, every demand changing every 300 s for 24
 * simulated hours. Prints one line with the CPU time per change and the heap in use at the end.
 *
 * <pre>
 * FluidDay HOSTS PCPUS alone        nothing but the simulation
 * FluidDay HOSTS PCPUS sources      all CPU sources of hosts and VMs registered, and dom0
 * FluidDay HOSTS PCPUS recorded     the same, with the CPU and memory databases of every VM
 * FluidDay HOSTS PCPUS everything   the same, with the hosts' databases too
 * </pre>
 *
 * <p>A day of few hosts comes first, for the JIT compiler; creating the pool is not counted,
 * writing the last rows of the databases is.
 */
public final class FluidDay {
  private static final int VMS_PER_HOST = 20;
  private static final int STEPS = 288;
  private static final long STEP_NANOS = 300_000_000_000L;
  private static final int WARM_UP_HOSTS = 50;
  private static final int WARM_UP_DAYS = 4;

  private enum What {
    ALONE,
    SOURCES,
    RECORDED,
    EVERYTHING
  }

  /** Changes the demands of all VMs of a host at each step. */
  private static final class HostTrace extends Event {
    private final Simulator simulator;
    private final CpuDomain[] vms = new CpuDomain[VMS_PER_HOST];
    private long state;

    HostTrace(Simulator simulator, DataSources sources, int pcpus, int host) {
      this.simulator = simulator;
      this.state = host;
      FluidHostCpu cpu =
          new FluidHostCpu(simulator, HostCpuSpec.of("host-" + host, CpuTopology.flat(pcpus)));
      CpuDataSources reported = null;
      if (sources != null) {
        CpuDomain dom0 =
            cpu.createDomain(new DomainSpec("dom0", Math.min(16, pcpus), 256, 0, null, null));
        reported =
            CpuDataSources.register(
                simulator,
                sources,
                new Owner(Owner.Kind.HOST, uuid(host, 0), "host-" + host),
                cpu,
                dom0);
      }
      for (int i = 0; i < VMS_PER_HOST; i++) {
        vms[i] = cpu.createDomain(new DomainSpec("vm-" + i, 1, 256, 0, null, null));
        if (reported != null) {
          Owner owner = new Owner(Owner.Kind.VM, uuid(host, i + 1), "vm-" + host + "-" + i);
          reported.registerDomain(owner, vms[i]);
          sources.add(new Gauge(bytes(owner, "memory"), 4.0 * (1L << 30)));
          sources.add(new Gauge(bytes(owner, "memory_target"), 4.0 * (1L << 30)));
        }
      }
      simulator.schedule(this, STEP_NANOS);
    }

    private static String uuid(int host, int number) {
      return String.format(Locale.ROOT, "%08x-0000-4000-8000-%012x", host, number);
    }

    private static Description bytes(Owner owner, String name) {
      return new Description(
          owner,
          name,
          "",
          "B",
          Description.Type.GAUGE,
          true,
          0,
          Double.POSITIVE_INFINITY,
          false,
          true);
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

  private FluidDay() {}

  /** Runs one day; the arguments are those of the class comment. */
  public static void main(String[] arguments) {
    int hosts = Integer.parseInt(arguments[0]);
    int pcpus = Integer.parseInt(arguments[1]);
    What what = What.valueOf(arguments[2].toUpperCase(Locale.ROOT));
    PrintStream out = System.out;
    for (int i = 0; i < WARM_UP_DAYS; i++) {
      day(WARM_UP_HOSTS, pcpus, what, null);
    }
    System.gc();
    day(hosts, pcpus, what, out);
  }

  private static void day(int hosts, int pcpus, What what, PrintStream out) {
    Simulator simulator = new Simulator();
    DataSources sources = what == What.ALONE ? null : new DataSources();
    Recorder recorder = null;
    if (what == What.RECORDED || what == What.EVERYTHING) {
      RecorderOptions options = RecorderOptions.defaults().withHistoryStepSeconds(0);
      if (what == What.RECORDED) {
        options =
            options.withSelection(
                source -> source.enabled() && source.owner().kind() == Owner.Kind.VM);
      }
      recorder = new Recorder(simulator, options);
      sources.subscribe(recorder);
    }
    HostTrace[] traces = new HostTrace[hosts];
    for (int i = 0; i < hosts; i++) {
      traces[i] = new HostTrace(simulator, sources, pcpus, i);
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpuBegan = threads.getCurrentThreadCpuTime();
    long began = System.nanoTime();
    simulator.runUntil(STEPS * STEP_NANOS);
    if (recorder != null) {
      recorder.finish();
    }
    long elapsed = System.nanoTime() - began;
    long cpu = threads.getCurrentThreadCpuTime() - cpuBegan;
    if (out == null) {
      return;
    }
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    double changes = (double) hosts * VMS_PER_HOST * STEPS;
    out.printf(
        Locale.ROOT,
        "%5d hosts %3d pCPUs %-10s %6.1f ns per change (CPU), %6.1f ns (elapsed), %4d MiB in use%n",
        hosts,
        pcpus,
        what.name().toLowerCase(Locale.ROOT),
        cpu / changes,
        elapsed / changes,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    if (traces[hosts - 1].vms[0].runningNanos(0) == 0
        || (recorder != null && recorder.objects().isEmpty())) {
      throw new IllegalStateException("nothing was simulated");
    }
  }
}
