// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.BitSet;
import java.util.List;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Owner;

/**
 * The memory of one VM on one host, from the reservation to the death of the domain. Times and
 * retries are xenopsd's (fact sheet, sections 1, 5 and 7).
 *
 * <pre>
 * HALTED -reserve-> RESERVING -> RESERVED -build-> BUILDING -> BOOTING -> RUNNING
 *                       |                             |            (balloonReady, toolsRunning)
 *                       +--------> refused <----------+       any -destroy-> HALTED
 * </pre>
 */
public final class VmMemory {
  /** How far the VM has got. */
  public enum State {
    HALTED,
    /** Waits for squeezed, retries included. */
    RESERVING,
    RESERVED,
    /** The domain exists; its memory does not, or its reservation is not given up yet. */
    BUILDING,
    /** The domain has its memory; its drivers have not announced themselves. */
    BOOTING,
    RUNNING
  }

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long RETRY_NANOS = 10 * NANOS_PER_SECOND; // xenops_server_xen.ml
  private static final long GIVE_UP_NANOS = 60 * NANOS_PER_SECOND;
  private static final long BUILD_POLL_NANOS = NANOS_PER_SECOND; // xenopsd/xc/domain.ml
  private static final long BUILD_GIVE_UP_NANOS = 64 * NANOS_PER_SECOND;
  private static final int KIB_PER_MIB = 1024;
  private static final int NO_DOMAIN = -1;

  private final Simulator simulator;
  private final HostMemory host;
  private final Squeezed squeezed;
  private final Owner owner;
  private final VmMemorySpec spec;
  private final VmMemoryListener listener;

  /** {@code null} until the guest's driver has announced itself for the first time. */
  private BalloonDriver driver;

  /** {@code null} until a migration is prepared. */
  private MigrationRest rest;

  private final Cooperation cooperation = new Cooperation();
  private final VmSources sources;

  /** {@code null} for a VM that runs since before the simulation. */
  private Event retry;

  private State state = State.HALTED;
  private MemoryLimits limits;
  private GuestReclaim reclaim = GuestReclaim.ALWAYS;
  private int domid = NO_DOMAIN;

  /** Counts the lives of this VM, so that an answer to an earlier one is not taken for ours. */
  private int life;

  private long minKib;
  private long maxKib;
  private long firstTryNanos;
  private int tries;
  private Reservation reservation;

  private final long[] held;
  private long overheadKib;
  private long shadowKib;
  private long initialReservationKib;
  private long actualKib;
  private long targetKib;
  private long maxmemKib;
  private boolean keysWritten;
  private boolean canBalloon;
  private boolean tools;
  private long countedReclaimedKib;
  private long countedReclaimableKib;
  private NodePlacement placement = NodePlacement.NONE;

  VmMemory(
      Simulator simulator,
      HostMemory host,
      Squeezed squeezed,
      Owner owner,
      VmMemorySpec spec,
      VmMemoryListener listener) {
    this.simulator = simulator;
    this.host = host;
    this.squeezed = squeezed;
    this.owner = owner;
    this.spec = spec;
    this.listener = listener;
    limits = spec.limits();
    sources = new VmSources(owner, host.dataSources(), host.nodeCount());
    held = new long[host.nodeCount()];
  }

  // --- Start -----------------------------------------------------------------------------------

  /** Asks squeezed for the dynamic range and the overhead; the listener hears the answer. */
  public void reserve() {
    require(State.HALTED);
    overheadKib = spec.overheadKib(host.version());
    state = State.RESERVING;
    life++;
    host.arrived(this);
    if (retry == null) {
      retry = new Retry();
    }
    minKib = limits.dynamicMinKib() + overheadKib;
    maxKib = limits.dynamicMaxKib() + overheadKib;
    firstTryNanos = simulator.nowNanos();
    tries = 0;
    ask();
  }

  private void ask() {
    tries++;
    int asking = life;
    squeezed.submit(
        new SqueezedOperation(SqueezedOperation.Kind.CHANGE) {
          @Override
          void begin(SqueezeCall call, double nowSeconds) {
            call.beginReserveRange(nowSeconds, minKib, maxKib);
          }

          @Override
          void done(SqueezeCall call) {
            if (call.result() == SqueezeCall.Result.SUCCESS) {
              granted(asking, squeezed.reserve(call.amountKib()));
            } else if (asking == life && state == State.RESERVING) {
              failed(MemoryRefusal.of(call, squeezed.hostReservedKib()));
            }
          }
        });
  }

  private void granted(int asking, Reservation granted) {
    if (asking != life || state != State.RESERVING) {
      // The VM was given up meanwhile.
      squeezed.delete(granted);
      return;
    }
    reservation = granted;
    state = State.RESERVED;
    listener.admitted(this);
  }

  private void failed(MemoryRefusal why) {
    if (simulator.nowNanos() - firstTryNanos > GIVE_UP_NANOS) {
      state = State.HALTED;
      host.left(this);
      listener.refused(this, why);
    } else {
      simulator.scheduleAfter(retry, RETRY_NANOS);
      listener.retrying(this, why);
    }
  }

  private final class Retry extends Event {
    @Override
    protected void fire() {
      if (state == State.RESERVING) {
        ask();
      } else {
        claimMemory();
      }
    }
  }

  /**
   * Builds the domain in the memory reserved: transfers the reservation to it, waits for the
   * scrubber, places it on its nodes, gives the reservation up.
   *
   * @param newDomid not in use on the host
   */
  public void build(int newDomid) {
    require(State.RESERVED);
    state = State.BUILDING;
    domid = newDomid;
    host.addDomain(this);
    int building = life;
    squeezed.submit(
        new SqueezedOperation(SqueezedOperation.Kind.PLAIN) {
          @Override
          void done(SqueezeCall call) {
            if (building == life && state == State.BUILDING) {
              transferred();
            }
          }
        });
  }

  private void transferred() {
    reservation.inTransferTo = this;
    initialReservationKib = reservation.kib;
    maxmemKib = reservation.kib;
    targetKib = Math.min(limits.dynamicMaxKib(), reservation.kib - overheadKib);
    firstTryNanos = simulator.nowNanos();
    claimMemory();
  }

  private void claimMemory() {
    VmMemoryBreakdown breakdown = spec.breakdown(targetKib, host.version());
    long footprintKib = targetKib + overheadKib;
    long cleanKib = host.freeKib() - host.dirtyKib();
    if (cleanKib >= footprintKib) {
      populate(breakdown);
    } else if (host.dirtyKib() == 0
        || simulator.nowNanos() - firstTryNanos >= BUILD_GIVE_UP_NANOS) {
      MemoryRefusal why =
          new MemoryRefusal(
              MemoryRefusal.Reason.NOT_ENOUGH_MEMORY, footprintKib, cleanKib, List.of());
      destroy();
      listener.refused(this, why);
    } else {
      simulator.scheduleAfter(retry, BUILD_POLL_NANOS);
    }
  }

  private void populate(VmMemoryBreakdown breakdown) {
    place(breakdown);
    host.take(held, targetKib + overheadKib, placement.node);
    shadowKib = breakdown.shadowMib() * KIB_PER_MIB;
    actualKib = targetKib;
    keysWritten = true;
    changed();
    int building = life;
    squeezed.submit(
        new SqueezedOperation(SqueezedOperation.Kind.PLAIN) {
          @Override
          void done(SqueezeCall call) {
            if (building == life && state == State.BUILDING) {
              squeezed.delete(reservation);
              reservation = null;
              state = State.BOOTING;
              listener.built(VmMemory.this);
            }
          }
        });
  }

  private void place(VmMemoryBreakdown breakdown) {
    placement = spec.hardAffinity() ? NodePlacement.NONE : host.place(breakdown, spec.vcpus());
  }

  /** The domain is running already when the simulation starts: nobody was asked. */
  void adopt(int newDomid, long kib) {
    require(State.HALTED);
    life++;
    host.arrived(this);
    domid = newDomid;
    overheadKib = spec.overheadKib(host.version());
    targetKib = kib;
    maxmemKib = kib;
    VmMemoryBreakdown breakdown = spec.breakdown(kib, host.version());
    host.addDomain(this);
    place(breakdown);
    host.take(held, kib + overheadKib, placement.node);
    shadowKib = breakdown.shadowMib() * KIB_PER_MIB;
    actualKib = kib;
    keysWritten = true;
    state = State.BOOTING;
    changed();
    if (spec.balloon().kind() == BalloonSpec.Kind.NONE) {
      toolsRunning();
    } else {
      balloonReady();
    }
  }

  // --- The guest -------------------------------------------------------------------------------

  /**
   * The guest's balloon driver has announced itself ({@code control/feature-balloon}). Without a
   * driver this is ignored.
   */
  public void balloonReady() {
    if (spec.balloon().kind() == BalloonSpec.Kind.NONE) {
      return;
    }
    requireDomain();
    squeezed.changed();
    canBalloon = true;
    running();
    if (driver == null && !isAtRest()) {
      driver = new BalloonDriver(simulator, this, spec.balloon());
    }
    if (driver != null) {
      driver.retarget();
    }
  }

  /** Returns whether a driver would have nothing to do now; it is made when it has. */
  private boolean isAtRest() {
    return Math.abs(actualKib - targetKib) < BalloonSpec.PAGE_KIB;
  }

  /** The guest's tools have announced themselves ({@code data/updated}). */
  public void toolsRunning() {
    requireDomain();
    squeezed.changed();
    tools = true;
    running();
  }

  private void running() {
    if (state == State.BOOTING) {
      state = State.RUNNING;
      changed();
    }
  }

  /** Lets the balloon driver ask {@code newReclaim} for the pages that it takes. */
  public void setReclaim(GuestReclaim newReclaim) {
    reclaim = newReclaim;
  }

  /**
   * Changes the dynamic range of a running VM and has the host balanced.
   *
   * @throws IllegalArgumentException if it leaves the static range or its order is wrong
   */
  public void setDynamicRange(long newMinKib, long newMaxKib, Runnable balanced) {
    requireDomain();
    MemoryLimits changed = limits.withDynamic(newMinKib, newMaxKib);
    squeezed.changed();
    limits = changed;
    changed();
    squeezed.balance(balanced);
  }

  /**
   * Before a migration or a suspend: squeezes the VM to dynamic_min and waits, at most 120 s, for
   * its driver to come to rest. A live migration goes on after a timeout, a suspend fails.
   */
  public void prepareMigration(MigrationListener migration) {
    if (rest == null) {
      rest = new MigrationRest(simulator, this);
    }
    if (limits.dynamicMinKib() == limits.dynamicMaxKib()) {
      rest.await(migration);
      return;
    }
    int preparing = life;
    setDynamicRange(
        limits.dynamicMinKib(),
        limits.dynamicMinKib(),
        () -> {
          if (preparing == life) {
            rest.await(migration);
          }
        });
  }

  // --- End -------------------------------------------------------------------------------------

  /** Ends the domain, or gives up its start: its pages go to the scrubber. */
  public void destroy() {
    if (retry != null) {
      simulator.cancel(retry);
    }
    if (rest != null) {
      rest.stop();
    }
    if (driver != null) {
      driver.stop();
    }
    squeezed.changed();
    life++;
    host.left(this);
    if (domid != NO_DOMAIN) {
      host.removeDomain(this);
    }
    if (reservation != null) {
      Reservation abandoned = reservation;
      reservation = null;
      abandoned.inTransferTo = null;
      squeezed.submit(
          new SqueezedOperation(SqueezedOperation.Kind.PLAIN) {
            @Override
            void done(SqueezeCall call) {
              squeezed.delete(abandoned);
            }
          });
    }
    state = State.HALTED;
    domid = NO_DOMAIN;
    limits = spec.limits();
    actualKib = 0;
    targetKib = 0;
    overheadKib = 0;
    shadowKib = 0;
    initialReservationKib = 0;
    keysWritten = false;
    canBalloon = false;
    tools = false;
    cooperation.forget();
    changed();
  }

  // --- What squeezed sees and does -------------------------------------------------------------

  long lookedAt(HostSnapshot snapshot, long nowNanos, double uncooperativeAfterSeconds) {
    if (!canBalloon && !tools) {
      snapshot.add(domid, false, maxmemKib, maxmemKib, maxmemKib, maxmemKib, BalloonSpec.PAGE_KIB);
      return Math.max(0, initialReservationKib - actualKib - unaccountedShadowKib());
    }
    snapshot.add(
        domid,
        canBalloon,
        limits.dynamicMinKib(),
        targetKib,
        limits.dynamicMaxKib(),
        actualKib,
        BalloonSpec.PAGE_KIB);
    if (cooperation.seen(isCooperative(), nowNanos, uncooperativeAfterSeconds)) {
      listener.uncooperative(this, cooperation.isFlagged());
    }
    return 0;
  }

  private long unaccountedShadowKib() {
    return spec.type() == VmMemoryBreakdown.Type.PV ? 0 : shadowKib;
  }

  boolean isCooperative() {
    return !canBalloon || Math.abs(actualKib - targetKib) <= BalloonSpec.PAGE_KIB;
  }

  void seenCooperativeAt(long nanos) {
    cooperation.seenUnchanged(isCooperative(), nanos);
  }

  void writeTarget(long kib) {
    if (kib < 0) {
      return;
    }
    if (!canBalloon) {
      maxmemKib = Math.max(maxmemKib, kib);
      return;
    }
    maxmemKib = kib;
    if (kib != targetKib) {
      targetKib = kib;
      changed();
      if (driver == null) {
        driver = new BalloonDriver(simulator, this, spec.balloon());
      }
      driver.retarget();
    }
  }

  // --- What the balloon driver does ------------------------------------------------------------

  /** Gives the guest more; returns what Xen had. */
  long inflateGuest(long wantedKib) {
    long pages = host.freeKib() / BalloonSpec.PAGE_KIB * BalloonSpec.PAGE_KIB;
    long moved = Math.min(wantedKib, pages);
    if (moved > 0) {
      host.take(held, moved, placement.node);
      actualKib += moved;
      changed();
    }
    return moved;
  }

  /** Takes from the guest; returns what it gave. */
  long deflateGuest(long wantedKib) {
    long given = Math.min(wantedKib, reclaim.reclaim(wantedKib, actualKib));
    given = given / BalloonSpec.PAGE_KIB * BalloonSpec.PAGE_KIB;
    if (given > 0) {
      host.give(held, given);
      actualKib -= given;
      changed();
    }
    return given;
  }

  void balloonIdle() {
    if (rest != null) {
      rest.rested();
    }
  }

  /** An amount, a target or a range is new. */
  private void changed() {
    long reclaimed = reclaimedKib();
    long reclaimable = reclaimableKib();
    host.memoryChanged(this, reclaimed - countedReclaimedKib, reclaimable - countedReclaimableKib);
    countedReclaimedKib = reclaimed;
    countedReclaimableKib = reclaimable;
    reclaim.memoryChanged();
    listener.moved(this);
  }

  /** Returns what the target leaves the guest without. */
  long reclaimedKib() {
    return keysWritten ? limits.dynamicMaxKib() - targetKib : 0;
  }

  /** Returns what the target could still be lowered by. */
  long reclaimableKib() {
    return keysWritten ? targetKib - limits.dynamicMinKib() : 0;
  }

  // --- What others ask -------------------------------------------------------------------------

  /** Returns how far the VM has got. */
  public State state() {
    return state;
  }

  /** Returns the VM. */
  public Owner owner() {
    return owner;
  }

  /** Returns what the VM was described as. */
  public VmMemorySpec spec() {
    return spec;
  }

  /** Returns the present limits. */
  public MemoryLimits limits() {
    return limits;
  }

  /** Returns the domain id; -1 without a domain. */
  public int domid() {
    return domid;
  }

  /** Returns the memory that the guest has, in KiB. */
  public long actualKib() {
    return actualKib;
  }

  /** Returns the balloon target, in KiB. */
  public long targetKib() {
    return targetKib;
  }

  /** Returns what the domain takes beside the guest's memory, in KiB. */
  public long overheadKib() {
    return overheadKib;
  }

  /** Returns the amount reserved, in KiB, overhead included; 0 without a reservation. */
  public long reservedKib() {
    return reservation == null ? 0 : reservation.kib;
  }

  /** Returns how often squeezed was asked for the present start. */
  public int tries() {
    return tries;
  }

  /** Returns whether the driver is moving pages. */
  public boolean isBallooning() {
    return driver != null && driver.isWorking();
  }

  /** Returns whether the {@code memory/uncooperative} flag is set. */
  public boolean isUncooperative() {
    return cooperation.isFlagged();
  }

  /** Returns the memory that a migration's receiver has to allocate, in KiB. */
  public long migrationKib() {
    return Math.max(actualKib, maxmemKib);
  }

  /** Returns the pCPUs that the vCPUs prefer; {@code null} for all. */
  public BitSet softAffinity() {
    return placement.softAffinity();
  }

  /** Returns the pCPUs that the vCPUs are bound to by the planner; {@code null} for all. */
  public BitSet hardAffinity() {
    return placement.hardAffinity();
  }

  /** Returns what the domain has of a node, in KiB, overhead included. */
  public long heldKib(int node) {
    return held[node];
  }

  boolean isDomain() {
    return domid != NO_DOMAIN;
  }

  boolean hasKeys() {
    return keysWritten;
  }

  long[] held() {
    return held;
  }

  VmSources sources() {
    return sources;
  }

  private void require(State expected) {
    if (state != expected) {
      throw new IllegalStateException(owner.name() + " is " + state + ", not " + expected);
    }
  }

  private void requireDomain() {
    if (state != State.BOOTING && state != State.RUNNING) {
      throw new IllegalStateException(owner.name() + " has no domain that runs: " + state);
    }
  }
}
