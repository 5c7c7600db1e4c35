// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import org.poolsim.cpu.sched.Vcpu;

/** Blocks at once and never wakes. */
public final class Quiet extends Behaviour {
  /** Creates a vCPU without work. */
  public Quiet(Vcpu vcpu) {
    super(vcpu);
  }

  @Override
  public void start() {
    vcpu.startBlocked();
  }

  @Override
  public void workDone(Vcpu self) {
    self.block();
  }
}
