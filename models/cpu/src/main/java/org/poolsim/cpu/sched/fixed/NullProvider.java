// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.fixed;

import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.Scheduler;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.SchedulerProvider;

/** {@code null}. */
public final class NullProvider implements SchedulerProvider {
  @Override
  public String name() {
    return "null";
  }

  @Override
  public Scheduler create(CpuPool pool, SchedulerParameters parameters) {
    return new NullScheduler(pool);
  }
}
