// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * The balloon driver in a guest: moves the guest's memory to the target, a stride at a time. On its
 * target, or with nothing to hope for, it costs no events.
 */
final class BalloonDriver extends Event {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * Batches are followed together for this long; finer is of no use to a daemon that looks once a
   * second.
   */
  private static final double STRIDE_SECONDS = 0.1;

  private static final long FIRST_RETRY_NANOS = NANOS_PER_SECOND;
  private static final long LAST_RETRY_NANOS = 32 * NANOS_PER_SECOND; // drivers/xen/balloon.c

  private final Simulator simulator;
  private final VmMemory vm;
  private final BalloonSpec spec;
  private final long strideKib;
  private long chunkKib;
  private long retryNanos = FIRST_RETRY_NANOS;

  BalloonDriver(Simulator simulator, VmMemory vm, BalloonSpec spec) {
    this.simulator = simulator;
    this.vm = vm;
    this.spec = spec;
    long batches = (long) (spec.kibPerSecond() * STRIDE_SECONDS) / spec.granularityKib();
    strideKib = Math.max(1, batches) * spec.granularityKib();
  }

  /** The target was written: the driver looks at it at once, even while it backs off. */
  void retarget() {
    if (isWorking()) {
      return;
    }
    simulator.cancel(this);
    begin();
  }

  /** Returns whether pages are being moved: what {@code control/balloon-active} tells. */
  boolean isWorking() {
    return isPending() && chunkKib > 0;
  }

  void stop() {
    simulator.cancel(this);
    chunkKib = 0;
  }

  @Override
  protected void fire() {
    if (chunkKib > 0) {
      move();
    } else {
      begin();
    }
  }

  private void begin() {
    chunkKib = 0;
    long distance = possible(vm.targetKib() - vm.actualKib());
    if (distance == 0) {
      vm.balloonIdle();
      return;
    }
    long startNanos = workingAgainAtNanos();
    if (startNanos > simulator.nowNanos()) {
      simulator.schedule(this, startNanos);
      return;
    }
    chunkKib = Math.min(Math.abs(distance), strideKib);
    simulator.scheduleAfter(
        this, Math.max(1, Math.round(chunkKib / spec.kibPerSecond() * NANOS_PER_SECOND)));
  }

  private void move() {
    long distance = possible(vm.targetKib() - vm.actualKib());
    long wanted = Math.min(Math.abs(distance), chunkKib);
    chunkKib = 0;
    if (wanted == 0) {
      vm.balloonIdle();
      return;
    }
    long moved = distance > 0 ? vm.inflateGuest(wanted) : vm.deflateGuest(wanted);
    if (moved > 0) {
      retryNanos = FIRST_RETRY_NANOS;
      begin();
      return;
    }
    vm.balloonIdle();
    simulator.scheduleAfter(this, retryNanos);
    if (spec.backOff() == BalloonSpec.BackOff.DOUBLING) {
      retryNanos = Math.min(2 * retryNanos, LAST_RETRY_NANOS);
    }
  }

  /** Returns how far the driver would go of a distance, in whole pages. */
  private long possible(long distanceKib) {
    long distance = distanceKib;
    switch (spec.kind()) {
      case NONE, STUCK -> distance = 0;
      case LOWER_LIMIT -> distance = Math.max(distance, Math.min(0, limit() - vm.actualKib()));
      case UPPER_LIMIT -> distance = Math.min(distance, Math.max(0, limit() - vm.actualKib()));
      case IDEAL, INTERMITTENT, DELAYED -> {}
    }
    return distance / BalloonSpec.PAGE_KIB * BalloonSpec.PAGE_KIB;
  }

  private long limit() {
    return (long) spec.param();
  }

  private long workingAgainAtNanos() {
    long now = simulator.nowNanos();
    long param = Math.round(spec.param() * NANOS_PER_SECOND);
    return switch (spec.kind()) {
      case INTERMITTENT -> (now / param) % 2 == 0 ? now : (now / param + 1) * param;
      case DELAYED -> Math.max(now, param);
      default -> now;
    };
  }
}
