// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import java.util.Arrays;
import org.poolsim.cpu.sched.Vcpu;

/** Jobs are released to the vCPU and queue, first in first out, while it has one. */
abstract class QueueingBehaviour extends Behaviour {
  /** Ring of pairs: release time, length. */
  private long[] ring = new long[32];

  private int first;
  private int queued;
  private long releaseNanos;

  QueueingBehaviour(Vcpu vcpu) {
    super(vcpu);
  }

  @Override
  public void start() {
    vcpu.startBlocked();
  }

  /** Appends a job; a blocked vCPU takes the first one and wakes. */
  final void deliver(long runNanos) {
    if (queued * 2 == ring.length) {
      long[] larger = Arrays.copyOf(ring, ring.length * 2);
      System.arraycopy(ring, 0, larger, ring.length, first);
      ring = larger;
    }
    int at = (first + queued * 2) & (ring.length - 1);
    ring[at] = now();
    ring[at + 1] = runNanos;
    queued++;
    if (vcpu.isBlocked()) {
      takeNext();
      vcpu.wake();
    }
  }

  final boolean hasQueued() {
    return queued > 0;
  }

  final void takeNext() {
    releaseNanos = ring[first];
    long runNanos = ring[first + 1];
    first = (first + 2) & (ring.length - 1);
    queued--;
    vcpu.run(runNanos);
  }

  @Override
  public void workDone(Vcpu self) {
    completed(releaseNanos);
    if (queued > 0) {
      takeNext();
    } else {
      self.block();
    }
  }
}
