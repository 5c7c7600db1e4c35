// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.Scheduler;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.SchedulerProvider;

/** {@code credit2}. */
public final class Credit2Provider implements SchedulerProvider {
  private static final boolean COUNTS_INFLIGHT_CREDIT = true;

  @Override
  public String name() {
    return "credit2";
  }

  @Override
  public Scheduler create(CpuPool pool, SchedulerParameters parameters) {
    return new Credit2Scheduler(pool, parameters, COUNTS_INFLIGHT_CREDIT);
  }
}
