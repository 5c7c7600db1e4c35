// SPDX-License-Identifier: Apache-2.0
package org.example.lottery;

import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.Scheduler;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.SchedulerProvider;

/** Makes {@code scheduler: lottery} known. */
public final class LotteryProvider implements SchedulerProvider {
  @Override
  public String name() {
    return "lottery";
  }

  @Override
  public Scheduler create(CpuPool pool, SchedulerParameters parameters) {
    return new LotteryScheduler(pool, parameters.creditTsliceNanos());
  }
}
