// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/**
 * An event that the pCPU handles which a vCPU is assigned to when it fires, otherwise as a {@link
 * PcpuEvent}. Timers of guests are such events.
 */
public abstract class VcpuEvent extends HostTimer {
  private final Vcpu vcpu;

  /** Creates an event of a vCPU. */
  protected VcpuEvent(Vcpu vcpu) {
    super(vcpu.domain().host());
    this.vcpu = vcpu;
  }

  /** Handles the event; no rescheduling happens before it returns. */
  protected abstract void handle();

  @Override
  protected final void fire() {
    host.begin(vcpu.unit.pcpu);
    handle();
    host.end();
  }
}
