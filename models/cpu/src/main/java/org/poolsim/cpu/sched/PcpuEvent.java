// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/**
 * An event that one pCPU of a host handles: what it raises is rescheduled before the next event,
 * beginning with that pCPU. Timers of schedulers are such events; see also {@link PcpuTimer}.
 */
public abstract class PcpuEvent extends HostTimer {
  /** Creates an event of a host. */
  protected PcpuEvent(SchedHost host) {
    super(host);
  }

  /** Returns the pCPU that handles the event, at the time it fires. */
  protected abstract int pcpu();

  /** Handles the event; no rescheduling happens before it returns. */
  protected abstract void handle();

  @Override
  protected final void fire() {
    host.begin(pcpu());
    handle();
    host.end();
  }
}
