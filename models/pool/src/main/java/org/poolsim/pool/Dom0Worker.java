// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.cpu.CpuDomain;
import org.poolsim.cpu.CpuWork;
import org.poolsim.memory.xenstore.StoreCpu;

/** A single-threaded process of dom0, as storage, network and xenstore want it. */
final class Dom0Worker extends CpuWork
    implements org.poolsim.storage.BackendCpu.Worker,
        org.poolsim.network.BackendCpu.Worker,
        StoreCpu.Worker {
  private final CpuDomain dom0;
  private final BackendAccount account;
  private final Runnable listener;
  private long workNanos;

  Dom0Worker(CpuDomain dom0, BackendAccount account, Runnable listener) {
    this.dom0 = dom0;
    this.account = account;
    this.listener = listener;
  }

  @Override
  public void run(long cpuNanos) {
    workNanos = cpuNanos;
    dom0.submit(this, cpuNanos);
  }

  @Override
  public void stop() {
    dom0.cancel(this);
  }

  @Override
  protected void completed() {
    account.add(workNanos);
    listener.run();
  }
}
