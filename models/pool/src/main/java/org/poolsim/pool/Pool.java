// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Owner;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.network.Uplink;
import org.poolsim.pool.PoolEvent.Kind;
import org.poolsim.pool.spec.ArraySpec;
import org.poolsim.pool.spec.FaultSpec;
import org.poolsim.pool.spec.HostSpec;
import org.poolsim.pool.spec.MemorySpec;
import org.poolsim.pool.spec.PbdSpec;
import org.poolsim.pool.spec.PifSpec;
import org.poolsim.pool.spec.PoolSpec;
import org.poolsim.pool.spec.PowerState;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.SrSpec;
import org.poolsim.pool.spec.StartSpec;
import org.poolsim.pool.spec.VbdSpec;
import org.poolsim.pool.spec.VdiSpec;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.storage.BlockRequest;
import org.poolsim.storage.Sr;
import org.poolsim.storage.SrSpace;
import org.poolsim.storage.StorageArray;
import org.poolsim.storage.StoragePath;

/**
 * A pool, assembled from its spec and ready to run once: a replication is a new pool with another
 * number.
 *
 * <pre>{@code
 * Pool pool = new Pool(spec, 0, cpus, new DataSources(), PoolObserver.NOBODY);
 * pool.run();
 * pool.outcomes().forEach(System.out::println);
 * }</pre>
 */
public final class Pool {
  private final RunSpec run;
  private final Simulator simulator = new Simulator();
  private final RandomStreams streams;
  private final DataSources sources;
  private final PoolObserver observer;
  private final Uuids uuids;
  private final Metrics metrics;
  private final Saturation saturation;
  private final WindowMeter meter;
  private final SaturationMeter saturationMeter;
  private final Coordinator coordinator;
  private final Placement placement;
  private final List<PoolHost> hosts = new ArrayList<>();
  private final Map<String, StorageArray> arrays = new LinkedHashMap<>();
  private final Map<String, Sr> srs = new LinkedHashMap<>();
  private final Map<String, Sr> srOfVdi = new LinkedHashMap<>();
  private final Map<String, Integer> mtuBytes = new LinkedHashMap<>();
  private final Map<MemoryNeed.Kind, MemoryNeed> memoryNeeds = new HashMap<>();
  private final Map<String, PoolVm> vms = new LinkedHashMap<>();
  private final List<PoolVm> vmsInOrder = new ArrayList<>();
  private final List<PoolEvent> events = new ArrayList<>();

  /**
   * Assembles a pool. VMs that run at time 0 are placed and running when it returns.
   *
   * @param replication number of the replication, from 0; each has random streams of its own
   * @param cpus makes the hosts' pCPUs
   * @param sources where the pool's objects register what they show
   * @param observer hears what happens
   * @throws IllegalArgumentException if a name in the spec refers to nothing
   */
  public Pool(
      RunSpec run, int replication, CpuFactory cpus, DataSources sources, PoolObserver observer) {
    this.run = run;
    this.sources = sources;
    this.observer = observer;
    streams = new RandomStreams(run.seed()).replication(replication);
    // The objects are the same in each replication.
    uuids = new Uuids(new RandomStreams(run.seed()));
    PoolSpec spec = run.pool();
    metrics =
        new Metrics(
            spec.vms().stream().map(VmSpec::name).toList(),
            spec.hosts().stream().map(HostSpec::name).toList(),
            linkNames(spec),
            spec.arrays().stream().map(ArraySpec::name).toList(),
            observer);
    saturation = new Saturation(run.saturation(), observer);
    saturationMeter = new SaturationMeter(simulator, saturation, run.saturation().leastNanos());
    meter = new WindowMeter(simulator, run.record().windowNanos(), metrics);
    coordinator = new Coordinator(simulator, spec.startCosts().placementNanos());
    placement = new Placement(this, hosts);
    spec.networks().forEach(network -> mtuBytes.put(network.name(), network.mtuBytes()));
    spec.hosts().forEach(host -> addHost(host, cpus));
    spec.arrays().forEach(this::addArray);
    Map<String, List<VdiSpec>> vdis = new HashMap<>();
    spec.vdis().forEach(vdi -> vdis.computeIfAbsent(vdi.sr(), sr -> new ArrayList<>()).add(vdi));
    spec.srs().forEach(sr -> addSr(sr, vdis.getOrDefault(sr.name(), List.of())));
    for (VdiSpec vdi : spec.vdis()) {
      srOfVdi.put(vdi.name(), find(srs, vdi.sr(), "SR", "VDI " + vdi.name()));
    }
    spec.vms().forEach(this::addVm);
    for (PoolVm vm : vms.values()) {
      if (vm.spec().powerState() == PowerState.RUNNING) {
        vm.placeAlready();
      }
    }
    for (PoolHost host : hosts) {
      host.memory().share(host.vms());
    }
    vms.values().forEach(this::setGoing);
    run.faults().forEach(this::schedule);
  }

  private static List<String> linkNames(PoolSpec spec) {
    List<String> names = new ArrayList<>();
    for (HostSpec host : spec.hosts()) {
      for (PifSpec pif : host.pifs()) {
        names.add(linkName(host.name(), pif.device()));
      }
    }
    return names;
  }

  static String linkName(String host, String device) {
    return host + "/" + device;
  }

  private static <T> T find(Map<String, T> map, String name, String what, String where) {
    T found = map.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          where
              + " names "
              + what
              + " "
              + name
              + ", which does not exist; expected one of "
              + map.keySet());
    }
    return found;
  }

  private void addHost(HostSpec spec, CpuFactory cpus) {
    PoolHost host =
        new PoolHost(
            simulator,
            spec,
            new Owner(Owner.Kind.HOST, uuids.of(spec.uuid(), "host", spec.name()), spec.name()),
            new Owner(
                Owner.Kind.VM,
                uuids.of(null, "dom0", spec.name()),
                "Control domain on host: " + spec.name()),
            sources,
            cpus.create(simulator, spec, streams),
            run.pool().networkBackend(),
            run.pool().startCosts().workers(),
            run.pool().referenceClockHertz());
    hosts.add(host);
    meter.add(host, saturation);
    saturationMeter.add(host);
  }

  private void addArray(ArraySpec spec) {
    StorageArray array =
        new StorageArray(
            simulator,
            spec.name(),
            spec.devices(),
            spec.device(),
            spec.raid(),
            spec.linkBitsPerSecond(),
            spec.fabricLatencyNanos(),
            spec.queueDepth());
    arrays.put(spec.name(), array);
    meter.add(array, saturation);
    saturationMeter.add(array);
  }

  private void addSr(SrSpec spec, List<VdiSpec> vdis) {
    Sr sr =
        new Sr(
            spec.name(),
            uuids.of(spec.uuid(), "sr", spec.name()),
            spec.type(),
            find(arrays, spec.array(), "array", "SR " + spec.name()));
    srs.put(spec.name(), sr);
    SrSpace.register(sources, srOwner(spec.name()), spec.sizeBytes(), usedBytes(spec, vdis));
    for (PbdSpec pbd : spec.pbds()) {
      PoolHost host = host(pbd.host());
      host.storage()
          .plug(
              sr,
              pbd.via() == null ? StoragePath.DIRECT : pathOver(host.network().uplink(pbd.via())));
    }
  }

  private static long usedBytes(SrSpec sr, List<VdiSpec> vdis) {
    if (sr.usedBytes() >= 0) {
      return sr.usedBytes();
    }
    long used = 0;
    for (VdiSpec vdi : vdis) {
      long bytes = SrSpace.imageBytes(sr.type(), vdi.virtualSizeBytes());
      if (bytes < 0) {
        return -1;
      }
      used += bytes;
    }
    return used;
  }

  private static StoragePath pathOver(Uplink uplink) {
    return new StoragePath() {
      private static final int MTU_BYTES = 1500;

      @Override
      public long sentNanos(long nowNanos, long bytes) {
        return uplink.sentNanos(nowNanos, bytes, MTU_BYTES);
      }

      @Override
      public long receivedNanos(long nowNanos, long bytes) {
        return uplink.receivedNanos(nowNanos, bytes, MTU_BYTES);
      }
    };
  }

  private void addVm(VmSpec spec) {
    for (VbdSpec vbd : spec.vbds()) {
      if (vbd.vdi() != null) {
        find(srOfVdi, vbd.vdi(), "VDI", "VM " + spec.name());
      }
    }
    spec.vifs().forEach(vif -> find(mtuBytes, vif.network(), "network", "VM " + spec.name()));
    if (spec.host() != null) {
      host(spec.host());
    }
    PoolVm vm =
        new PoolVm(
            simulator,
            this,
            spec,
            vms.size(),
            new Owner(Owner.Kind.VM, uuids.of(spec.uuid(), "vm", spec.name()), spec.name()),
            streams.within("vm/" + spec.name()));
    vms.put(spec.name(), vm);
    vmsInOrder.add(vm);
  }

  private void setGoing(PoolVm vm) {
    StartSpec start = vm.spec().start();
    if (vm.spec().powerState() == PowerState.RUNNING) {
      vm.runAlready();
    } else if (start != null) {
      double spread = streams.stream("start/" + vm.name()).nextDouble() * start.spreadNanos();
      vm.scheduleStart(start.atNanos() + (long) spread);
    }
  }

  private void schedule(FaultSpec fault) {
    Runnable action = action(fault);
    simulator.schedule(
        new Event() {
          @Override
          protected void fire() {
            action.run();
          }
        },
        fault.atNanos());
  }

  private Runnable action(FaultSpec fault) {
    if (fault instanceof FaultSpec.HostCrash crash) {
      PoolHost host = host(crash.host());
      return () -> crash(host);
    } else if (fault instanceof FaultSpec.VmCrash crash) {
      PoolVm vm = vm(crash.vm());
      return () -> vm.crash("crashed");
    } else if (fault instanceof FaultSpec.VmShutdown shutdown) {
      return vm(shutdown.vm())::shutDown;
    } else if (fault instanceof FaultSpec.VmWeight change) {
      PoolVm vm = vm(change.vm());
      return () -> vm.setWeight(change.weight());
    } else if (fault instanceof FaultSpec.VmCap change) {
      PoolVm vm = vm(change.vm());
      return () -> vm.setCap(change.capPercent());
    } else if (fault instanceof FaultSpec.VmAffinity change) {
      PoolVm vm = vm(change.vm());
      return () -> vm.setAffinity(change.affinity(), change.softAffinity());
    } else if (fault instanceof FaultSpec.VmDynamicRange change) {
      PoolVm vm = vm(change.vm());
      MemorySpec memory =
          vm.spec().memory().withDynamic(change.dynamicMinBytes(), change.dynamicMaxBytes());
      return () -> vm.setDynamicRange(memory);
    } else {
      return vm(((FaultSpec.VmStart) fault).vm())::start;
    }
  }

  private void crash(PoolHost host) {
    if (host.isUp()) {
      note(
          Kind.HOST_CRASHED, host.name(), host.name() + " died with " + host.vms().size() + " VMs");
      meter.remove(host);
      for (PoolVm vm : new ArrayList<>(host.vms())) {
        vm.crash("died with " + host.name());
      }
      saturationMeter.remove(host);
      host.crash();
    }
  }

  /** Runs to the end of the run's duration. */
  public void run() {
    simulator.runUntil(run.durationNanos());
    finish();
  }

  /**
   * Closes the last window. {@link #run()} does it; who advances the {@link #simulator()} in steps
   * of their own calls it once, at the end.
   */
  public void finish() {
    meter.finish();
    vms.values().forEach(PoolVm::passBalloon);
    saturationMeter.finish();
  }

  /** Returns the spec of the pool. */
  public PoolSpec spec() {
    return run.pool();
  }

  /** Returns the clock. */
  public Simulator simulator() {
    return simulator;
  }

  /** Returns the hosts, in the order of the spec. */
  public List<PoolHost> hosts() {
    return Collections.unmodifiableList(hosts);
  }

  /** Returns the VMs, in the order of the spec. */
  public List<PoolVm> vms() {
    return Collections.unmodifiableList(vmsInOrder);
  }

  /** Returns the arrays, in the order of the spec. */
  public List<StorageArray> arrays() {
    return List.copyOf(arrays.values());
  }

  /** Returns a host by its name. */
  public PoolHost host(String name) {
    for (PoolHost host : hosts) {
      if (host.name().equals(name)) {
        return host;
      }
    }
    throw new IllegalArgumentException(
        "there is no host "
            + name
            + "; expected one of "
            + hosts.stream().map(PoolHost::name).toList());
  }

  /** Returns a VM by its name. */
  public PoolVm vm(String name) {
    return find(vms, name, "VM", "something");
  }

  /** Returns the pool's uuid. */
  public String uuid() {
    return uuids.of(run.pool().uuid(), "pool", run.pool().name());
  }

  /** Returns an SR, by its name, as the owner of its data sources. */
  public Owner srOwner(String name) {
    return new Owner(Owner.Kind.SR, find(srs, name, "SR", "something").uuid(), name);
  }

  /** Returns what is measured. */
  public Metrics metrics() {
    return metrics;
  }

  /** Returns how the run did on each of its objectives, in the order of the spec. */
  public List<ObjectiveOutcome> outcomes() {
    return run.objectives().stream().map(metrics::evaluate).toList();
  }

  /** Returns what was saturated. */
  public Saturation saturation() {
    return saturation;
  }

  /** Returns what has happened, in order. */
  public List<PoolEvent> events() {
    return Collections.unmodifiableList(events);
  }

  /** Returns where the pool's objects show what they do. */
  public DataSources dataSources() {
    return sources;
  }

  /**
   * Checks what must hold after every event: CPU time handed out is the capacity less the idle
   * time, and the memory that VMs hold adds up and fits.
   *
   * @throws IllegalStateException naming the first sum that does not hold
   */
  public void audit() {
    hosts.forEach(PoolHost::audit);
  }

  Coordinator coordinator() {
    return coordinator;
  }

  Placement placement() {
    return placement;
  }

  Uuids uuids() {
    return uuids;
  }

  Sr srOf(VbdSpec vbd) {
    return srOfVdi.get(vbd.vdi());
  }

  int mtuBytes(String network) {
    return mtuBytes.get(network);
  }

  MemoryNeed memoryNeed(VmSpec vm, MemorySpec memory) {
    return memoryNeeds.computeIfAbsent(
        MemoryNeed.Kind.of(vm, memory),
        kind -> new MemoryNeed(HostMemoryAccount.vmMemory(vm, memory)));
  }

  PoolObserver observer() {
    return observer;
  }

  void domainCreated(PoolVm vm) {
    meter.add(vm);
    vm.host().cpuSources().registerDomain(vm.owner(), vm.domain());
  }

  void domainDestroyed(PoolVm vm) {
    meter.remove(vm);
  }

  void ioEnded(PoolVm vm, String sr, BlockRequest request, long nanos) {
    observer.ioEnded(vm.name(), sr, request, simulator.nowNanos(), nanos);
  }

  void note(Kind kind, String entity, String text) {
    PoolEvent event = new PoolEvent(simulator.nowNanos(), kind, entity, text);
    events.add(event);
    observer.happened(event);
  }
}
