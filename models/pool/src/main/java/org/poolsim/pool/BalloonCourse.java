// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.engine.Simulator;
import org.poolsim.memory.VmMemory;

/** What a VM with room for a balloon has and should have, stretch by stretch, for the observer. */
final class BalloonCourse {
  private static final long KIB = 1024;

  private final Simulator simulator;
  private final PoolObserver observer;
  private final String vm;
  private long sinceNanos;
  private long actualKib;
  private long targetKib;

  BalloonCourse(Simulator simulator, PoolObserver observer, String vm) {
    this.simulator = simulator;
    this.observer = observer;
    this.vm = vm;
  }

  void moved(VmMemory memory) {
    pass();
    actualKib = memory.actualKib();
    targetKib = memory.targetKib();
  }

  /** Passes on what has held up to now. */
  void pass() {
    long nowNanos = simulator.nowNanos();
    if (nowNanos > sinceNanos && actualKib > 0) {
      observer.ballooned(vm, sinceNanos, nowNanos, actualKib * KIB, targetKib * KIB);
    }
    sinceNanos = nowNanos;
  }
}
