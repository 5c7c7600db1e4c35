// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.rtds;

import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.Scheduler;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.SchedulerProvider;

/** {@code rtds}. */
public final class RtdsProvider implements SchedulerProvider {
  @Override
  public String name() {
    return "rtds";
  }

  @Override
  public Scheduler create(CpuPool pool, SchedulerParameters parameters) {
    return new RtdsScheduler(pool);
  }
}
