// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu;

import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Counter;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;
import org.poolsim.engine.data.Sampled;

/**
 * What a host's CPUs report, with the names, units, types and bounds of {@code xcp-rrdd-cpu} and of
 * the domain part of {@code xcp-rrdd}.
 *
 * <p>On a {@link RatedHostCpu} the sources that a real host records by default are pushed when a
 * rate changes and cost nothing between; those that it does not record are read on demand. On any
 * other host all are read at each sampling, but {@code loadavg}.
 */
public final class CpuDataSources {
  private static final String FRACTION = "(fraction)";
  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;
  private static final double SECONDS = 1e-9;

  private final Simulator simulator;
  private final DataSources sources;

  private CpuDataSources(Simulator simulator, DataSources sources) {
    this.simulator = simulator;
    this.sources = sources;
  }

  /**
   * Adds the sources of a host. Domains are added one by one with {@link #registerDomain}.
   *
   * @param dom0 the domain whose tasks make the load average
   */
  public static CpuDataSources register(
      Simulator simulator, DataSources sources, Owner owner, HostCpu host, CpuDomain dom0) {
    CpuDataSources cpu = new CpuDataSources(simulator, sources);
    LoadAverage loadAverage =
        new LoadAverage(
            simulator,
            sources.add(
                new Gauge(
                    gauge(owner, "loadavg", "Domain 0's load average", FRACTION, false, -UNBOUNDED),
                    0)),
            dom0,
            host instanceof RatedHostCpu);
    if (host instanceof RatedHostCpu rated) {
      cpu.registerRated(owner, rated, loadAverage);
    } else {
      cpu.registerSampled(owner, host);
    }
    return cpu;
  }

  /** Adds the sources of a domain; {@link DataSources#remove} takes them away with the VM. */
  public void registerDomain(Owner owner, CpuDomain domain) {
    Counter[] vcpuTimes = new Counter[domain.vcpus()];
    boolean rated = domain instanceof RatedHostCpu.RatedDomain;
    for (int i = 0; i < vcpuTimes.length; i++) {
      int vcpu = i;
      Description description =
          fraction(owner, "cpu" + i, "Share of time that vCPU " + i + " ran", false, true);
      if (rated) {
        vcpuTimes[i] = sources.add(new Counter(description));
      } else {
        sources.add(new Sampled(description, nowNanos -> domain.runningNanos(vcpu) * SECONDS));
      }
    }
    Description usage =
        fraction(owner, "cpu_usage", "Share of time that the vCPUs ran, mean", false, true);
    if (domain instanceof RatedHostCpu.RatedDomain ratedDomain) {
      Counter mean = sources.add(new Counter(usage));
      FollowingCounters followers =
          new FollowingCounters(simulator) {
            @Override
            void push(long nowNanos) {
              double sum = 0;
              long total = 0;
              for (int i = 0; i < vcpuTimes.length; i++) {
                double rate = ratedDomain.runningRate(i);
                long ran = ratedDomain.runningNanos(i);
                set(vcpuTimes[i], nowNanos, (double) ran, rate);
                sum += rate;
                total += ran;
              }
              set(mean, nowNanos, (double) total / vcpuTimes.length, sum / vcpuTimes.length);
            }
          };
      ratedDomain.listen(followers);
      followers.push(simulator.nowNanos());
    } else {
      sources.add(new Sampled(usage, nowNanos -> runningNanos(domain) * SECONDS / domain.vcpus()));
    }
    registerRunstates(owner, domain);
  }

  private void registerRunstates(Owner owner, CpuDomain domain) {
    for (DomainRunstate state : DomainRunstate.values()) {
      sources.add(
          new Sampled(
              fraction(owner, "runstate_" + state.sourceName(), state.text(), false, false),
              nowNanos -> domain.domainRunstateNanos(state) * SECONDS));
    }
    sources.add(
        new Sampled(
            fraction(
                owner, "runnable_any", "Share of time that a vCPU waited for a pCPU", false, false),
            nowNanos ->
                (domain.domainRunstateNanos(DomainRunstate.FULL_CONTENTION)
                        + domain.domainRunstateNanos(DomainRunstate.CONCURRENCY_HAZARD)
                        + domain.domainRunstateNanos(DomainRunstate.PARTIAL_CONTENTION))
                    * SECONDS));
    // Both are on a real host once Xen has counted something, so they are unknown before.
    sources.add(
        new Sampled(
            fraction(
                owner,
                "runnable_vcpus",
                "Share of time that the vCPUs waited for a pCPU, mean",
                false,
                false),
            nowNanos -> {
              long waited = runnableNanos(domain);
              return waited == 0 ? Double.NaN : waited * SECONDS / domain.vcpus();
            }));
    sources.add(
        new Sampled(
            fraction(
                owner,
                "numa_node_nonaffine_vcpus",
                "Share of time that the vCPUs ran outside of their soft affinity, mean",
                false,
                false),
            nowNanos ->
                runningNanos(domain) == 0
                    ? Double.NaN
                    : nonaffineNanos(domain) * SECONDS / domain.vcpus()));
  }

  private void registerRated(Owner owner, RatedHostCpu host, LoadAverage loadAverage) {
    int pcpus = host.pcpus();
    Counter[] idle = new Counter[pcpus];
    long[] idleNanos = new long[pcpus];
    for (int i = 0; i < pcpus; i++) {
      idle[i] = sources.add(new Counter(pcpu(owner, i)));
    }
    Counter meanIdle = sources.add(new Counter(mean(owner)));
    Gauge load = sources.add(new Gauge(hostLoad(owner), 0));
    Gauge vcpus = sources.add(new Gauge(runningVcpus(owner), 0));
    Gauge domains = sources.add(new Gauge(runningDomains(owner), 0));
    FollowingCounters followers =
        new FollowingCounters(simulator) {
          @Override
          void push(long nowNanos) {
            double sum = 0;
            long total = 0;
            host.idleNanos(idleNanos);
            for (int i = 0; i < pcpus; i++) {
              double rate = host.idleRate(i);
              set(idle[i], nowNanos, (double) idleNanos[i], rate);
              sum += rate;
              total += idleNanos[i];
            }
            set(meanIdle, nowNanos, (double) total / pcpus, sum / pcpus);
            int running = host.runningVcpus();
            vcpus.set(running);
            load.set((double) running / pcpus);
            domains.set(host.runningDomains());
          }
        };
    host.listen(
        () -> {
          followers.changed();
          loadAverage.activityChanged();
        });
    followers.push(simulator.nowNanos());
  }

  private void registerSampled(Owner owner, HostCpu host) {
    int pcpus = host.pcpus();
    for (int i = 0; i < pcpus; i++) {
      int pcpu = i;
      sources.add(new Sampled(pcpu(owner, i), nowNanos -> host.idleNanos(pcpu) * SECONDS));
    }
    sources.add(
        new Sampled(
            mean(owner),
            nowNanos -> {
              long idle = 0;
              for (int i = 0; i < pcpus; i++) {
                idle += host.idleNanos(i);
              }
              return idle * SECONDS / pcpus;
            }));
    sources.add(new Sampled(hostLoad(owner), nowNanos -> (double) host.runningVcpus() / pcpus));
    sources.add(new Sampled(runningVcpus(owner), nowNanos -> host.runningVcpus()));
    sources.add(new Sampled(runningDomains(owner), nowNanos -> host.runningDomains()));
  }

  private static long runningNanos(CpuDomain domain) {
    long sum = 0;
    for (int i = 0; i < domain.vcpus(); i++) {
      sum += domain.runningNanos(i);
    }
    return sum;
  }

  private static long runnableNanos(CpuDomain domain) {
    long sum = 0;
    for (int i = 0; i < domain.vcpus(); i++) {
      sum += domain.runstateNanos(i, Runstate.RUNNABLE);
    }
    return sum;
  }

  private static long nonaffineNanos(CpuDomain domain) {
    long sum = 0;
    for (int i = 0; i < domain.vcpus(); i++) {
      sum += domain.nonaffineNanos(i);
    }
    return sum;
  }

  private static Description pcpu(Owner owner, int pcpu) {
    return fraction(
        owner, "cpu" + pcpu, "Share of time that pCPU " + pcpu + " was busy", true, true);
  }

  private static Description mean(Owner owner) {
    return fraction(owner, "cpu_avg", "Share of time that the pCPUs were busy, mean", true, true);
  }

  private static Description hostLoad(Owner owner) {
    return gauge(owner, "hostload", "Running vCPUs per pCPU", FRACTION, false, 0);
  }

  private static Description runningVcpus(Owner owner) {
    return gauge(owner, "running_vcpus", "vCPUs that run or wait for a pCPU", "count", true, 0);
  }

  private static Description runningDomains(Owner owner) {
    return gauge(owner, "running_domains", "Domains that are not paused", "count", true, 0);
  }

  private static Description fraction(
      Owner owner, String name, String text, boolean inverse, boolean enabled) {
    return new Description(
        owner, name, text, FRACTION, Description.Type.DERIVE, false, 0, 1, inverse, enabled);
  }

  private static Description gauge(
      Owner owner, String name, String text, String units, boolean integer, double min) {
    return new Description(
        owner, name, text, units, Description.Type.GAUGE, integer, min, UNBOUNDED, false, true);
  }
}
