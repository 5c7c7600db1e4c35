// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.HostCpu;
import org.poolsim.cpu.RatedHostCpu;
import org.poolsim.cpu.Runstate;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.network.Pif;
import org.poolsim.pool.Saturation.Watch;
import org.poolsim.storage.StorageArray;

/**
 * Measures levels over successive windows of the clock: means from the resources' own accounts, no
 * event is followed.
 */
final class WindowMeter {
  private final Simulator simulator;
  private final long windowNanos;
  private final Metrics metrics;
  private final List<HostMeter> hosts = new ArrayList<>();
  private final List<LinkMeter> links = new ArrayList<>();
  private final List<ArrayMeter> arrays = new ArrayList<>();
  private final List<VmMeter> vms = new ArrayList<>();
  private final MetricSeries cpuUsage;
  private final MetricSeries cpuWait;
  private final MetricSeries swapReads;

  /** The VMs of which the present window tells something. */
  private VmMeter[] told = new VmMeter[16];

  private long sinceNanos;
  private final Event tick =
      new Event() {
        @Override
        protected void fire() {
          measure();
          simulator.scheduleAfter(this, windowNanos);
        }
      };

  WindowMeter(Simulator simulator, long windowNanos, Metrics metrics) {
    this.simulator = simulator;
    this.windowNanos = windowNanos;
    this.metrics = metrics;
    cpuUsage = metrics.get(MetricDefinition.CPU_USAGE);
    cpuWait = metrics.get(MetricDefinition.CPU_WAIT);
    swapReads = metrics.get(MetricDefinition.SWAP_READS);
    simulator.schedule(tick, windowNanos);
  }

  void add(PoolHost host, Saturation saturation) {
    hosts.add(new HostMeter(host, hosts.size(), saturation));
    for (Pif pif : host.network().pifs()) {
      links.add(new LinkMeter(host, pif, links.size(), saturation));
    }
  }

  void add(StorageArray array, Saturation saturation) {
    arrays.add(new ArrayMeter(array, arrays.size(), saturation));
  }

  void add(PoolVm vm) {
    vms.add(new VmMeter(vm, simulator.nowNanos()));
  }

  /** Takes the last values of a VM whose domain is about to go. */
  void remove(PoolVm vm) {
    for (int i = 0; i < vms.size(); i++) {
      if (vms.get(i).vm == vm) {
        measure(List.of(vms.remove(i)), simulator.nowNanos());
        return;
      }
    }
  }

  /** Takes the last values of a host that is about to go down: the window that it began counts. */
  void remove(PoolHost host) {
    long nowNanos = simulator.nowNanos();
    if (nowNanos == sinceNanos) {
      return;
    }
    for (HostMeter meter : hosts) {
      if (meter.host == host) {
        meter.measure(nowNanos);
      }
    }
    for (LinkMeter meter : links) {
      if (meter.host == host) {
        meter.measure(nowNanos);
      }
    }
  }

  /** Measures what is left of the last window. */
  void finish() {
    if (simulator.nowNanos() > sinceNanos) {
      measure();
    }
  }

  private void measure() {
    long nowNanos = simulator.nowNanos();
    for (int i = 0; i < hosts.size(); i++) {
      hosts.get(i).measure(nowNanos);
    }
    for (int i = 0; i < links.size(); i++) {
      links.get(i).measure(nowNanos);
    }
    for (int i = 0; i < arrays.size(); i++) {
      arrays.get(i).measure(nowNanos);
    }
    measure(vms, nowNanos);
    sinceNanos = nowNanos;
  }

  /**
   * Measures VMs, one figure of all after the other: thousands of VMs are more than a processor's
   * cache holds, and short steps let it fetch several of them at once.
   */
  private void measure(List<VmMeter> meters, long nowNanos) {
    if (told.length < meters.size()) {
      told = new VmMeter[Math.max(meters.size(), 2 * told.length)];
    }
    int count = 0;
    for (int i = 0; i < meters.size(); i++) {
      VmMeter meter = meters.get(i);
      if (meter.read(nowNanos)) {
        told[count++] = meter;
      }
    }
    for (int i = 0; i < count; i++) {
      told[i].passUsage(nowNanos);
    }
    for (int i = 0; i < count; i++) {
      told[i].passWait(nowNanos);
    }
    for (int i = 0; i < count; i++) {
      told[i].passFaults(nowNanos);
    }
    Arrays.fill(told, 0, count, null);
  }

  private final class HostMeter {
    private final PoolHost host;
    private final int index;
    private final Watch guestCpu;
    private final Watch dom0Cpu;
    private long idle;
    private long dom0;
    private long diskCpu;
    private long packetCpu;

    HostMeter(PoolHost host, int index, Saturation saturation) {
      this.host = host;
      this.index = index;
      // A fluid host's CPUs are watched from change to change, see SaturationMeter.
      boolean rated = host.cpu() instanceof RatedHostCpu;
      guestCpu = rated ? null : saturation.watch(SaturatedResource.GUEST_CPU, host.name());
      dom0Cpu = rated ? null : saturation.watch(SaturatedResource.DOM0_CPU, host.name());
    }

    void measure(long nowNanos) {
      if (!host.isUp()) {
        return;
      }
      HostCpu cpu = host.cpu();
      long idleNow = cpu.idleNanos();
      long dom0Now = 0;
      for (int vcpu = 0; vcpu < host.dom0().vcpus(); vcpu++) {
        dom0Now += host.dom0().runningNanos(vcpu);
      }
      double span = nowNanos - sinceNanos;
      double capacity = span * cpu.pcpus();
      double busy = capacity - (idleNow - idle);
      double control = dom0Now - dom0;
      idle = idleNow;
      dom0 = dom0Now;
      held(MetricDefinition.HOST_CPU, nowNanos, busy / capacity);
      double left = capacity - control;
      double guests = left <= 0 ? 0 : (busy - control) / left;
      held(MetricDefinition.GUEST_CPU, nowNanos, guests);
      double dom0Capacity = span * host.dom0().vcpus();
      double share = control / dom0Capacity;
      held(MetricDefinition.DOM0_CPU, nowNanos, share);
      if (guestCpu != null) {
        guestCpu.held(sinceNanos, nowNanos, guests);
        dom0Cpu.held(sinceNanos, nowNanos, share);
      }
      held(MetricDefinition.MEMORY_USED, nowNanos, host.memory().usedFraction());
      held(MetricDefinition.MEMORY_NEEDED, nowNanos, host.memory().neededFraction());
      held(MetricDefinition.MEMORY_COMMITTED, nowNanos, host.memory().committedFraction());
      held(MetricDefinition.MEMORY_RECLAIMED, nowNanos, host.memory().reclaimedFraction());
      long diskNow = host.diskCpuNanos();
      long packetNow = host.packetCpuNanos();
      held(MetricDefinition.DOM0_DISK_CPU, nowNanos, (diskNow - diskCpu) / dom0Capacity);
      held(MetricDefinition.DOM0_PACKET_CPU, nowNanos, (packetNow - packetCpu) / dom0Capacity);
      diskCpu = diskNow;
      packetCpu = packetNow;
    }

    private void held(MetricDefinition metric, long nowNanos, double value) {
      metrics.get(metric).held(index, sinceNanos, nowNanos, value);
    }
  }

  private final class LinkMeter {
    private final PoolHost host;
    private final Pif pif;
    private final int index;
    private final Watch link;
    private double sending;
    private double receiving;

    LinkMeter(PoolHost host, Pif pif, int index, Saturation saturation) {
      this.host = host;
      this.pif = pif;
      this.index = index;
      link = saturation.watch(SaturatedResource.LINK, Pool.linkName(host.name(), pif.device()));
    }

    void measure(long nowNanos) {
      if (!host.isUp()) {
        return;
      }
      double sendingNow = pif.sendingNanos(nowNanos);
      double receivingNow = pif.receivingNanos(nowNanos);
      double busier =
          Math.max(sendingNow - sending, receivingNow - receiving) / (nowNanos - sinceNanos);
      sending = sendingNow;
      receiving = receivingNow;
      metrics.get(MetricDefinition.LINK_UTILISATION).held(index, sinceNanos, nowNanos, busier);
      link.held(sinceNanos, nowNanos, busier);
    }
  }

  private final class ArrayMeter {
    private final StorageArray array;
    private final int index;
    private final Watch devices;
    private double busy;
    private double requests;
    private long served;
    private long full;

    ArrayMeter(StorageArray array, int index, Saturation saturation) {
      devices = saturation.watch(SaturatedResource.ARRAY, array.name());
      this.array = array;
      this.index = index;
    }

    void measure(long nowNanos) {
      double span = nowNanos - sinceNanos;
      double busyNow = array.busyNanos();
      long fullNow = array.fullNanos();
      double share = (fullNow - full) / span;
      double utilisation = (busyNow - busy) / span;
      metrics
          .get(MetricDefinition.ARRAY_UTILISATION)
          .held(index, sinceNanos, nowNanos, utilisation);
      devices.held(sinceNanos, nowNanos, utilisation);
      metrics.get(MetricDefinition.ARRAY_QUEUE_FULL).held(index, sinceNanos, nowNanos, share);
      double requestsNow = array.requestNanos();
      long servedNow = array.served();
      metrics
          .get(MetricDefinition.ARRAY_QUEUE)
          .held(index, sinceNanos, nowNanos, (requestsNow - requests) / span);
      metrics
          .get(MetricDefinition.ARRAY_REQUESTS)
          .held(index, sinceNanos, nowNanos, (servedNow - served) / (span * 1e-9));
      requests = requestsNow;
      served = servedNow;
      busy = busyNow;
      full = fullNow;
    }
  }

  private final class VmMeter {
    /** A domain that lived for less of a window tells little of how it was served. */
    private static final double LEAST_SHARE = 0.1;

    private final PoolVm vm;
    private final int index;
    private final CpuDomain domain;
    private final int vcpus;
    private final boolean slowedByMemory;
    private long fromNanos;
    private long running;
    private long runnable;
    private long faults;

    /** What the last window told, until it is passed on. */
    private long passFromNanos;

    private double usage;
    private double wait;

    VmMeter(PoolVm vm, long nowNanos) {
      this.vm = vm;
      index = vm.index();
      domain = vm.domain();
      vcpus = vm.spec().vcpus();
      slowedByMemory = vm.guest() != null;
      fromNanos = nowNanos;
    }

    /** Reads the window's figures; returns whether there are any. */
    boolean read(long nowNanos) {
      if (nowNanos - fromNanos < LEAST_SHARE * windowNanos) {
        return false;
      }
      long runningNow = 0;
      long runnableNow = 0;
      for (int vcpu = 0; vcpu < vcpus; vcpu++) {
        runningNow += domain.runningNanos(vcpu);
        runnableNow += domain.runstateNanos(vcpu, Runstate.RUNNABLE);
      }
      double span = (double) (nowNanos - fromNanos) * vcpus;
      usage = (runningNow - running) / span;
      wait = (runnableNow - runnable) / span;
      running = runningNow;
      runnable = runnableNow;
      passFromNanos = fromNanos;
      fromNanos = nowNanos;
      return true;
    }

    void passUsage(long nowNanos) {
      cpuUsage.held(index, passFromNanos, nowNanos, usage);
    }

    void passWait(long nowNanos) {
      cpuWait.held(index, passFromNanos, nowNanos, wait);
    }

    void passFaults(long nowNanos) {
      if (slowedByMemory && vm.guest() != null) {
        long faultsNow = vm.guest().faults();
        double seconds = (nowNanos - passFromNanos) * 1e-9;
        swapReads.held(index, passFromNanos, nowNanos, (faultsNow - faults) / seconds);
        faults = faultsNow;
      }
    }
  }
}
