// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

import org.poolsim.engine.Simulator;

/** A VM's disk as the guest sees it: a ring of 32 slots towards tapdisk. */
public final class Vbd {
  /** Slots of a ring of one page: what Linux guests use unless tuned. */
  public static final int RING_SLOTS = 32;

  private final Simulator simulator;
  private final HostStorage host;
  private final HostSr sr;
  private final Tapdisk tapdisk;
  private final IoSources sources;
  private final RequestQueue waiting = new RequestQueue();
  private final IoTotals totals = new IoTotals();
  private final IoListener listener;
  private int freeSlots = RING_SLOTS;
  private boolean detached;
  private boolean metered;

  Vbd(
      Simulator simulator,
      HostStorage host,
      HostSr sr,
      Tapdisk tapdisk,
      IoSources sources,
      IoListener listener) {
    this.simulator = simulator;
    this.host = host;
    this.sr = sr;
    this.tapdisk = tapdisk;
    this.sources = sources;
    this.listener = listener;
  }

  /**
   * Hands a request to the disk.
   *
   * @param bytes at least 1
   */
  public void submit(BlockRequest request, IoDirection direction, long bytes, Access access) {
    request.vbd = this;
    request.direction = direction;
    request.bytes = bytes;
    request.access = access;
    request.returned = false;
    request.submittedNanos = simulator.nowNanos();
    request.beginStages(request.submittedNanos);
    waiting.add(request);
    fillRing();
  }

  /** Returns the guest's requests that wait for a slot. */
  public int waiting() {
    return waiting.size();
  }

  /** Takes the disk away; requests that have not ended never will. */
  public void detach() {
    detached = true;
    waiting.clear();
    host.detached(this);
  }

  boolean isDetached() {
    return detached;
  }

  HostSr sr() {
    return sr;
  }

  Tapdisk tapdisk() {
    return tapdisk;
  }

  StoragePath path() {
    return sr.path();
  }

  IoTotals totals() {
    return totals;
  }

  IoSources sources() {
    return sources;
  }

  /** Returns whether the meter knows of this disk already; it does from now on. */
  boolean meter() {
    boolean known = metered;
    metered = true;
    return known;
  }

  void unmeter() {
    metered = false;
  }

  private void fillRing() {
    while (waiting.peek() != null && slots(waiting.peek()) <= freeSlots) {
      BlockRequest request = waiting.poll();
      freeSlots -= slots(request);
      request.endStage(IoStage.RING, simulator.nowNanos());
      tapdisk.handle(request);
    }
  }

  void fetched(BlockRequest request) {
    request.fetchedNanos = simulator.nowNanos();
    totals.submitted += StorageCosts.ringRequests(request.bytes);
    host.active(this);
  }

  void answered(BlockRequest request) {
    if (!detached) {
      request.returned = true;
      tapdisk.handle(request);
    }
  }

  void completed(BlockRequest request) {
    long nowNanos = simulator.nowNanos();
    totals.completed(
        request.direction,
        request.bytes,
        StorageCosts.ringRequests(request.bytes),
        nowNanos - request.fetchedNanos);
    host.active(this);
    listener.completed(request, nowNanos - request.submittedNanos);
    freeSlots += slots(request);
    fillRing();
    request.completed();
  }

  /** A request larger than the ring passes through it in pieces; it then holds all of it. */
  private static int slots(BlockRequest request) {
    return Math.min(RING_SLOTS, StorageCosts.ringRequests(request.bytes));
  }
}
