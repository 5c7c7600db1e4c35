// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import org.poolsim.cpu.sched.Vcpu;
import org.poolsim.cpu.sched.VcpuEvent;

/**
 * Jobs of one length, released at start + phase + k x period. Late timers do not shift the later
 * releases.
 */
public final class Periodic extends QueueingBehaviour {
  private final long phaseNanos;
  private final VcpuEvent release;
  private long nextNanos;

  /** Creates periodic jobs. */
  public Periodic(Vcpu vcpu, long periodNanos, long runNanos, long phaseNanos) {
    super(vcpu);
    this.phaseNanos = phaseNanos;
    this.release =
        new VcpuEvent(vcpu) {
          @Override
          protected void handle() {
            nextNanos += periodNanos;
            arm(nextNanos);
            deliver(runNanos);
          }
        };
  }

  @Override
  public void start() {
    super.start();
    nextNanos = now() + phaseNanos;
    release.arm(nextNanos);
  }
}
