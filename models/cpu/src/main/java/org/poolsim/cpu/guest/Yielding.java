// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import org.poolsim.cpu.sched.Vcpu;

/** Never blocks, yields after a fixed time on the CPU, again and again: a spinning guest. */
public final class Yielding extends Behaviour {
  private final long everyNanos;

  /** Creates a vCPU that yields after each {@code everyNanos} of CPU time. */
  public Yielding(Vcpu vcpu, long everyNanos) {
    super(vcpu);
    this.everyNanos = everyNanos;
  }

  @Override
  public void start() {
    vcpu.run(everyNanos);
    vcpu.start();
  }

  @Override
  public void workDone(Vcpu self) {
    self.run(everyNanos);
    self.yieldPcpu();
  }
}
