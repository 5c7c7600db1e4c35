// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import org.poolsim.cpu.sched.Vcpu;

/** Never blocks. */
public final class Hog extends Behaviour {
  /** Creates a hog. */
  public Hog(Vcpu vcpu) {
    super(vcpu);
  }

  @Override
  public void start() {
    vcpu.runForever();
    vcpu.start();
  }

  @Override
  public void workDone(Vcpu self) {
    self.runForever();
  }
}
