// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;

/**
 * What becomes of a guest's work when its memory shrinks (fact sheet, section 11). Of its working
 * set W the part r is resident; a reference misses with
 *
 * <pre>miss = (1 - r / W) ^ skew</pre>
 *
 * and each miss is a read of the guest's swap, so that throughput is flat down to the working set
 * and then bends. Shrinking takes what is free, then clean cache, then pages in use, the dirty ones
 * written out at the speed of the disk. Growing brings nothing back: pages return as they are
 * missed.
 *
 * <p>Misses are counted, not drawn: 1000 references at a miss ratio of 0.25 % cost two reads and
 * leave half a one for the next. While r = W nothing costs an event.
 */
public final class GuestMemory implements GuestReclaim {
  private static final long PAGE_KIB = 4;
  private static final int PAGE_BYTES = 4096;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Simulator simulator;
  private final VmMemory vm;
  private final GuestMemorySpec spec;
  private final PagingDevice device;
  private final Gauge internalFree;
  private double residentKib;
  private double owedFaults;
  private double owedWrites;
  private long lastReclaimNanos;
  private long faults;

  /**
   * Puts the guest into a VM that has its memory; the working set is resident as far as it fits.
   */
  public GuestMemory(
      Simulator simulator,
      DataSources sources,
      VmMemory vm,
      GuestMemorySpec spec,
      PagingDevice device) {
    this.simulator = simulator;
    this.vm = vm;
    this.spec = spec;
    this.device = device;
    residentKib = (double) Math.min(spec.workingSetKib(), usableKib(vm.actualKib()));
    internalFree =
        sources.add(
            new Gauge(
                new Description(
                    vm.owner(),
                    "memory_internal_free",
                    "Memory used as reported by the guest agent",
                    "KiB",
                    Description.Type.GAUGE,
                    true,
                    0,
                    Double.POSITIVE_INFINITY,
                    false,
                    true),
                freeKib(vm.actualKib())));
    vm.setReclaim(this);
  }

  private long usableKib(long actualKib) {
    return Math.max(0, actualKib - spec.baseKib());
  }

  private double freeKib(long actualKib) {
    double left = usableKib(actualKib) - residentKib;
    return Math.floor(Math.max(0, left - spec.cacheKib()));
  }

  /** The VM's memory has changed: what no longer fits is not resident. */
  @Override
  public void memoryChanged() {
    residentKib = Math.min(residentKib, (double) usableKib(vm.actualKib()));
    internalFree.set(freeKib(vm.actualKib()));
  }

  /** Returns the part of the references that miss, from 0 to 1. */
  public double missRatio() {
    double missing = 1 - residentKib / spec.workingSetKib();
    return missing <= 0 ? 0 : Math.pow(missing, spec.skew());
  }

  /** Returns the part of the working set that is there, in KiB. */
  public double residentKib() {
    return residentKib;
  }

  /** Returns the misses so far that had to be read. */
  public long faults() {
    return faults;
  }

  /**
   * A thread touches its working set.
   *
   * @param access not under way
   * @param references pages that it touches, not counting those touched a moment ago; at least 0
   * @return whether all are there, so that the thread goes on at once; otherwise {@link
   *     PagedAccess#resident()} will be called
   */
  public boolean touch(PagedAccess access, long references) {
    double missed = owedFaults + references * missRatio() / spec.usefulPages();
    long reads = (long) missed;
    owedFaults = missed - reads;
    if (reads == 0) {
      return true;
    }
    access.guest = this;
    access.faultsLeft = reads;
    fault(access);
    return false;
  }

  private void fault(PagedAccess access) {
    faults++;
    device.read(access, spec.clusterPages() * PAGE_BYTES);
  }

  void pagedIn(PagedAccess access) {
    double room = usableKib(vm.actualKib()) - residentKib;
    double wanted =
        Math.min((double) (spec.usefulPages() * PAGE_KIB), spec.workingSetKib() - residentKib);
    if (room < wanted) {
      // Another page has to go for it.
      writeOut(wanted - room);
    }
    residentKib += Math.max(0, Math.min(wanted, room));
    internalFree.set(freeKib(vm.actualKib()));
    access.faultsLeft--;
    if (access.faultsLeft > 0 && missRatio() > 0) {
      fault(access);
    } else {
      access.faultsLeft = 0;
      access.resident();
    }
  }

  private void writeOut(double kib) {
    owedWrites += kib * spec.dirtyFraction() / PAGE_KIB;
    long pages = (long) owedWrites;
    if (pages > 0) {
      owedWrites -= pages;
      device.write((int) Math.min(pages * PAGE_BYTES, Integer.MAX_VALUE));
    }
  }

  @Override
  public long reclaim(long wantedKib, long actualKib) {
    long easy = (long) Math.max(0, usableKib(actualKib) - residentKib);
    if (easy >= PAGE_KIB) {
      lastReclaimNanos = simulator.nowNanos();
      return Math.min(wantedKib, easy);
    }
    // Pages in use: as many as the disk could take since the driver came last, in a second at most.
    double seconds = Math.min(1, (simulator.nowNanos() - lastReclaimNanos) / NANOS_PER_SECOND);
    lastReclaimNanos = simulator.nowNanos();
    double written = seconds * spec.swapOutKibPerSecond() / Math.max(spec.dirtyFraction(), 1e-3);
    long given = (long) Math.min(Math.min((double) wantedKib, written), residentKib);
    given = given / PAGE_KIB * PAGE_KIB;
    writeOut((double) given);
    residentKib -= given;
    return given;
  }
}
