// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayList;
import java.util.List;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Owner;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.memory.GuestMemory;
import org.poolsim.memory.GuestMemorySpec;
import org.poolsim.memory.MemoryRefusal;
import org.poolsim.memory.PagingDevice;
import org.poolsim.memory.StatedLatencyDevice;
import org.poolsim.memory.ToolstackVersion;
import org.poolsim.memory.VmMemory;
import org.poolsim.memory.VmMemoryListener;
import org.poolsim.memory.VmMemorySpec;
import org.poolsim.memory.xenstore.StoreScript;
import org.poolsim.network.Vif;
import org.poolsim.pool.PoolEvent.Kind;
import org.poolsim.pool.spec.BootSpec;
import org.poolsim.pool.spec.MemorySpec;
import org.poolsim.pool.spec.StepSpec;
import org.poolsim.pool.spec.VbdSpec;
import org.poolsim.pool.spec.VifSpec;
import org.poolsim.pool.spec.VmSpec;
import org.poolsim.pool.spec.WorkingSetSpec;
import org.poolsim.pool.spec.WorkloadSpec;
import org.poolsim.storage.Access;
import org.poolsim.storage.BlockRequest;
import org.poolsim.storage.IoDirection;
import org.poolsim.storage.Vbd;

/** A VM of a running pool: its state machine and what belongs to its present domain. */
public final class PoolVm {
  /** How long a guest takes to shut down: an engineering default. */
  static final long SHUTDOWN_NANOS = 5_000_000_000L;

  private final Simulator simulator;
  private final Pool pool;
  private final VmSpec spec;
  private final int index;
  private final Owner owner;
  private final RandomStreams streams;
  private MemoryNeed need;
  private final VmMemoryListener memoryListener = new MemoryNews();
  private final Event startDue = event(this::start);
  private final Event shutdownDue = event(() -> halt(Kind.VM_HALTED, "shut down"));

  /** {@code null} if the balloon driver is ready when the boot ends. */
  private Event balloonDue;

  /** {@code null} for a VM without room for a balloon. */
  private BalloonCourse balloon;

  private VmState state = VmState.HALTED;
  private long requestedNanos;
  private int starts;
  private PoolHost host;
  private VmMemory memory;

  /** Too little memory slows the guest down; {@code null} if it does not. */
  private GuestMemory guest;

  /** xenopsd's client of its xenstore; {@code null} for a VM that runs since before the run. */
  private StoreScript store;

  private int storeDomid;
  private VmStart starting;
  private CpuDomain domain;
  private List<Vbd> vbds = List.of();
  private List<Vif> vifs = List.of();
  private Strand boot;
  private List<Activity> activities = List.of();

  PoolVm(
      Simulator simulator, Pool pool, VmSpec spec, int index, Owner owner, RandomStreams streams) {
    this.simulator = simulator;
    this.pool = pool;
    this.spec = spec;
    this.index = index;
    this.owner = owner;
    this.streams = streams;
    need = pool.memoryNeed(spec, spec.memory());
    balloon =
        spec.memory().dynamicMinBytes() == spec.memory().dynamicMaxBytes()
            ? null
            : new BalloonCourse(simulator, pool.observer(), spec.name());
  }

  private static Event event(Runnable action) {
    return new Event() {
      @Override
      protected void fire() {
        action.run();
      }
    };
  }

  /** Returns the name. */
  public String name() {
    return spec.name();
  }

  /** Returns what it was made from. */
  public VmSpec spec() {
    return spec;
  }

  /** Returns the VM as the owner of its data sources. */
  public Owner owner() {
    return owner;
  }

  /** Returns its state. */
  public VmState state() {
    return state;
  }

  /** Returns the host that it is placed on; {@code null} when it is not. */
  public PoolHost host() {
    return host;
  }

  /** Returns its domain; {@code null} when it has none. */
  public CpuDomain domain() {
    return domain;
  }

  void passBalloon() {
    if (balloon != null) {
      balloon.pass();
    }
  }

  /** Returns its memory on its host; {@code null} when it has none. */
  public VmMemory memory() {
    return memory;
  }

  /** Returns what the guest does with its memory; {@code null} if too little does not slow it. */
  public GuestMemory guest() {
    return guest;
  }

  VmMemorySpec memorySpec() {
    return need.spec();
  }

  VmMemoryListener memoryListener() {
    return memoryListener;
  }

  /** Returns what xapi wants to be available before it places the VM. */
  long requiredBytes(ToolstackVersion version) {
    return need.requiredBytes(version);
  }

  /** Returns what xapi promises it: dynamic_min and overhead. */
  long promisedKib(ToolstackVersion version) {
    return need.promisedKib(version);
  }

  /** Changes the weight of its domain, as {@code xl sched-credit} does; a new one starts anew. */
  void setWeight(int weight) {
    if (domain != null) {
      domain.setWeight(weight);
      pool.note(Kind.VM_RESCHEDULED, name(), name() + " has weight " + weight);
    }
  }

  /** Changes the cap of its domain. */
  void setCap(int percent) {
    if (domain != null) {
      domain.setCap(percent);
      pool.note(
          Kind.VM_RESCHEDULED,
          name(),
          percent == 0 ? name() + " has no cap" : name() + " has a cap of " + percent + " %");
    }
  }

  /** Changes the pCPUs of its domain. */
  void setAffinity(List<List<Integer>> hard, List<List<Integer>> soft) {
    if (domain == null) {
      return;
    }
    String refusal = host.refusal(hard, domain.vcpus());
    if (refusal == null) {
      host.setAffinity(domain, hard, soft);
      pool.note(Kind.VM_RESCHEDULED, name(), name() + " has another affinity");
    } else {
      pool.note(
          Kind.VM_RESCHEDULED,
          name(),
          name() + " keeps its affinity on " + host.name() + ": " + refusal);
    }
  }

  /** Changes its dynamic range for good, as VM.set_memory_dynamic_range does. */
  void setDynamicRange(MemorySpec changed) {
    String range =
        mib(changed.dynamicMinBytes()) + " to " + mib(changed.dynamicMaxBytes()) + " MiB";
    if (state == VmState.STARTING || state == VmState.SHUTTING_DOWN) {
      refuseRange(range, state == VmState.STARTING ? "it is starting" : "it is shutting down");
      return;
    }
    MemoryNeed newNeed = pool.memoryNeed(spec, changed);
    if (host == null) {
      need = newNeed;
      pool.note(Kind.VM_MEMORY_RANGE, name(), name() + " is to have " + range + " of memory");
      return;
    }
    HostMemoryAccount account = host.memory();
    long moreKib = newNeed.promisedKib(account.version()) - need.promisedKib(account.version());
    if (!account.canPromise(moreKib)) {
      refuseRange(
          range,
          host.name()
              + " has only "
              + mib(account.availableBytes())
              + " MiB left to promise, it needs "
              + (moreKib >> 10)
              + " more");
      return;
    }
    account.release(this);
    need = newNeed;
    account.commit(this);
    if (balloon == null) {
      balloon = new BalloonCourse(simulator, pool.observer(), name());
    }
    pool.note(
        Kind.VM_MEMORY_RANGE,
        name(),
        name() + " is to have " + range + " of memory on " + host.name());
    memory.setDynamicRange(
        newNeed.spec().limits().dynamicMinKib(),
        newNeed.spec().limits().dynamicMaxKib(),
        PoolVm::balanced);
  }

  /** What squeezed makes of it shows in targets and events. */
  private static void balanced() {}

  private void refuseRange(String range, String why) {
    pool.note(
        Kind.MEMORY_RANGE_REFUSED,
        name(),
        name() + " does not get " + range + " of memory: " + why);
  }

  private static long mib(long bytes) {
    return bytes >> 20;
  }

  void scheduleStart(long atNanos) {
    simulator.reschedule(startDue, atNanos);
  }

  /** Asks the toolstack to start it; nothing happens unless it is halted. */
  void start() {
    if (state != VmState.HALTED) {
      return;
    }
    state = VmState.STARTING;
    requestedNanos = simulator.nowNanos();
    pool.coordinator().enqueue(this);
  }

  /** The coordinator has come to it. */
  void placeNow() {
    if (state != VmState.STARTING || host != null) {
      return;
    }
    PoolHost chosen = pool.placement().choose(this);
    String refusal = refusal(chosen);
    if (refusal != null) {
      state = VmState.HALTED;
      pool.note(Kind.START_REFUSED, name(), name() + " not started" + refusal);
      return;
    }
    host = chosen;
    host.place(this);
    pool.note(Kind.VM_STARTING, name(), name() + " starts on " + host.name());
    memory = host.memory().starting(this, memoryListener);
    starting = new VmStart(simulator, pool, this, host, pool.spec().startCosts());
    host.xenopsd().enqueue(starting);
  }

  /** Runs since before the run: it has its place before anybody's memory is reckoned. */
  void placeAlready() {
    PoolHost chosen = pool.placement().choose(this);
    String refusal = refusal(chosen);
    if (refusal != null) {
      pool.note(Kind.START_REFUSED, name(), name() + " not running" + refusal);
      return;
    }
    host = chosen;
    host.place(this);
  }

  /** Placement does not look at affinity: a host without the pCPUs fails to build the domain. */
  private String refusal(PoolHost chosen) {
    if (chosen == null) {
      return ": " + pool.placement().reason(this);
    }
    String refusal = chosen.refusal(spec.affinity(), spec.vcpus());
    return refusal == null ? null : " on " + chosen.name() + ": " + refusal;
  }

  /** It has this memory since before the run. */
  void adopt(VmMemory given) {
    memory = given;
    storeDomid = given.domid();
    host.store().adopt(storeDomid, spec);
  }

  /** Runs since before the run: no start, no boot. */
  void runAlready() {
    if (host != null) {
      createDomain();
      run();
    }
  }

  /** The toolstack is done: the guest boots. */
  void unpaused() {
    store = starting.client();
    storeDomid = starting.domid();
    starting = null;
    createDomain();
    state = VmState.BOOTING;
    long bootingNanos = spec.memory().balloon().bootingNanos();
    if (bootingNanos >= 0) {
      balloonDue = event(this::balloonReady);
      simulator.rescheduleAfter(balloonDue, bootingNanos);
    }
    Program program = bootProgram();
    boot =
        new Strand(
            this, program, streams.stream("boot/" + starts), StepTimes.UNWATCHED, this::booted);
    boot.begin();
  }

  private Program bootProgram() {
    BootSpec work = spec.boot();
    List<StepSpec> steps;
    if (work.reads() == 0 || vbds.isEmpty()) {
      steps = List.of(new StepSpec.Cpu(new Distribution.Constant((double) work.cpuNanos())));
    } else {
      steps =
          List.of(
              new StepSpec.Repeat(
                  work.reads(),
                  List.of(
                      new StepSpec.Cpu(
                          new Distribution.Constant((double) work.cpuNanos() / work.reads())),
                      new StepSpec.Read(
                          new Distribution.Constant((double) work.readBytes()),
                          null,
                          Access.RANDOM))));
    }
    return Program.of(steps, spec, host.cpuScale());
  }

  /** The guest's balloon driver and its tools announce themselves. */
  private void balloonReady() {
    memory.toolsRunning();
    memory.balloonReady();
  }

  private void booted() {
    boot = null;
    if (spec.memory().balloon().bootingNanos() < 0) {
      balloonReady();
    }
    pool.metrics()
        .bootTime()
        .took(this, simulator.nowNanos(), simulator.nowNanos() - requestedNanos);
    pool.note(Kind.VM_RUNNING, name(), name() + " runs on " + host.name());
    run();
  }

  private void createDomain() {
    starts++;
    domain = host.createDomain(this);
    MetricSeries wakes = pool.metrics().get(MetricDefinition.WAKE_TO_RUN);
    domain.onWakeToRun(nanos -> wakes.took(this, simulator.nowNanos(), nanos));
    List<Vbd> disks = new ArrayList<>();
    for (VbdSpec vbd : spec.vbds()) {
      if (vbd.vdi() != null) {
        String sr = pool.srOf(vbd).name();
        disks.add(
            host.storage()
                .attach(
                    owner,
                    vbd.device(),
                    sr,
                    vbd.vdi(),
                    (request, nanos) -> ioCompleted(sr, request, nanos)));
      }
    }
    vbds = disks;
    WorkingSetSpec workingSet = spec.memory().workingSet();
    if (workingSet != null) {
      guest =
          new GuestMemory(
              simulator, pool.dataSources(), memory, guestMemory(workingSet), swap(workingSet));
    }
    List<Vif> nics = new ArrayList<>();
    for (VifSpec vif : spec.vifs()) {
      nics.add(
          host.network()
              .attach(
                  owner,
                  vif.device(),
                  vif.network(),
                  pool.mtuBytes(vif.network()),
                  pool.uuids().mac(vif.mac(), name(), vif.device()),
                  vif.limitBytesPerSecond()));
    }
    vifs = nics;
    pool.domainCreated(this);
  }

  private PagingDevice swap(WorkingSetSpec workingSet) {
    return vbds.isEmpty()
        ? new StatedLatencyDevice(simulator, workingSet.swapNanos(), Vbd.RING_SLOTS)
        : new SwapDisk(vbds.get(0));
  }

  private static GuestMemorySpec guestMemory(WorkingSetSpec set) {
    GuestMemorySpec plain =
        GuestMemorySpec.of(set.baseBytes() / 1024, set.bytes() / 1024, set.cacheBytes() / 1024);
    return new GuestMemorySpec(
        plain.baseKib(),
        plain.workingSetKib(),
        plain.cacheKib(),
        set.skew(),
        set.dirtyFraction(),
        plain.clusterPages(),
        plain.usefulPages(),
        plain.swapOutKibPerSecond());
  }

  private void ioCompleted(String sr, BlockRequest request, long nanos) {
    Metrics metrics = pool.metrics();
    (request.direction() == IoDirection.READ ? metrics.readLatency() : metrics.writeLatency())
        .took(this, simulator.nowNanos(), nanos);
    pool.ioEnded(this, sr, request, nanos);
  }

  private void run() {
    state = VmState.RUNNING;
    VcpuDemand demand = new VcpuDemand(domain);
    List<Activity> begun = new ArrayList<>();
    for (WorkloadSpec workload : spec.workloads()) {
      begun.add(
          workload instanceof WorkloadSpec.Requests requests
              ? new RequestLoad(simulator, pool, this, requests, streams.within(workload.name()))
              : Background.of(
                  simulator,
                  demand,
                  (WorkloadSpec.Background) workload,
                  streams.stream(workload.name())));
    }
    activities = begun;
    for (Activity activity : begun) {
      activity.begin();
    }
  }

  /** Asks the guest to shut down; nothing happens unless it runs. */
  void shutDown() {
    if (state == VmState.RUNNING) {
      stopWork();
      state = VmState.SHUTTING_DOWN;
      simulator.reschedule(shutdownDue, simulator.nowNanos() + SHUTDOWN_NANOS);
    }
  }

  /** Kills it; nothing happens if it is halted. */
  void crash(String how) {
    if (state != VmState.HALTED) {
      halt(Kind.VM_CRASHED, how);
    }
  }

  private void stopWork() {
    for (Activity activity : activities) {
      activity.end();
    }
    activities = List.of();
    if (boot != null) {
      boot.abandon();
      boot = null;
    }
  }

  private void halt(Kind kind, String how) {
    simulator.cancel(shutdownDue);
    if (balloonDue != null) {
      simulator.cancel(balloonDue);
      balloonDue = null;
    }
    stopWork();
    if (starting != null) {
      starting.abandon();
      starting = null;
    }
    if (memory != null) {
      memory.destroy();
      memory = null;
      guest = null;
    }
    if (store == null && host != null) {
      store = host.store().takeClientBefore(name());
    }
    if (store != null) {
      host.store().end(store, storeDomid);
      store = null;
    }
    if (domain != null) {
      pool.domainDestroyed(this);
      vbds.forEach(Vbd::detach);
      vifs.forEach(Vif::detach);
      vbds = List.of();
      vifs = List.of();
      if (host.isUp()) {
        host.cpu().destroyDomain(domain);
      }
      domain = null;
    }
    pool.dataSources().remove(owner);
    leave();
    pool.note(kind, name(), name() + " " + how);
  }

  private void leave() {
    if (host != null) {
      host.leave(this);
      host = null;
    }
    state = VmState.HALTED;
  }

  /** What squeezed and the guest's balloon make of it. */
  private final class MemoryNews implements VmMemoryListener {
    @Override
    public void admitted(VmMemory vm) {
      starting.reserved();
    }

    @Override
    public void built(VmMemory vm) {
      starting.built();
    }

    @Override
    public void moved(VmMemory vm) {
      if (balloon != null) {
        balloon.moved(vm);
      }
    }

    @Override
    public void retrying(VmMemory vm, MemoryRefusal why) {
      pool.note(
          Kind.MEMORY_REFUSED,
          name(),
          name() + " waits for memory on " + host.name() + ": " + host.because(why));
    }

    @Override
    public void refused(VmMemory vm, MemoryRefusal why) {
      PoolHost on = host;
      VmStart failed = starting;
      starting = null;
      memory = null;
      pool.dataSources().remove(owner);
      leave();
      pool.note(
          Kind.START_GIVEN_UP,
          name(),
          name() + " not started on " + on.name() + ": " + on.because(why));
      failed.failed();
    }

    @Override
    public void uncooperative(VmMemory vm, boolean flagged) {
      pool.note(
          flagged ? Kind.VM_UNCOOPERATIVE : Kind.VM_COOPERATIVE,
          name(),
          name()
              + (flagged
                  ? " does not reach its memory target on "
                  : " reaches its memory target again on ")
              + host.name());
    }
  }

  /** Returns its place in the pool. */
  int index() {
    return index;
  }

  /** Returns a disk by its place among those that have an image. */
  Vbd vbd(int index) {
    return vbds.get(index);
  }

  Vif vif(int index) {
    return vifs.get(index);
  }

  Simulator simulator() {
    return simulator;
  }
}
