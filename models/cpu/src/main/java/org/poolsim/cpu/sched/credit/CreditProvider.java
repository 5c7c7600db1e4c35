// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit;

import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.Scheduler;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.SchedulerProvider;

/** {@code credit}. */
public final class CreditProvider implements SchedulerProvider {
  @Override
  public String name() {
    return "credit";
  }

  @Override
  public Scheduler create(CpuPool pool, SchedulerParameters parameters) {
    return new CreditScheduler(pool, parameters, new CreditAccounting(pool, parameters));
  }
}
