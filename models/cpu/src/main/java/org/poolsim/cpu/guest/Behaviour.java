// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import org.poolsim.cpu.sched.Vcpu;
import org.poolsim.cpu.sched.VcpuProgram;
import org.poolsim.engine.Simulator;

/** What a guest does on one vCPU. */
public abstract class Behaviour implements VcpuProgram {
  /** The vCPU. */
  protected final Vcpu vcpu;

  private final Simulator simulator;
  private JobObserver observer;

  /** Creates a behaviour and makes it the program of a vCPU, which runs it when it is started. */
  @SuppressWarnings("this-escape")
  protected Behaviour(Vcpu vcpu) {
    this.vcpu = vcpu;
    this.simulator = vcpu.domain().host().simulator();
    vcpu.setProgram(this);
  }

  /** Starts the vCPU, which was paused since its creation. */
  public abstract void start();

  /** Sets who is told of the jobs; {@code null} is nobody. */
  public final void setObserver(JobObserver newObserver) {
    observer = newObserver;
  }

  /** Reports that a job is complete. */
  protected final void completed(long releaseNanos) {
    if (observer != null) {
      observer.completed(now() - releaseNanos);
    }
  }

  /** Returns the time. */
  protected final long now() {
    return simulator.nowNanos();
  }
}
