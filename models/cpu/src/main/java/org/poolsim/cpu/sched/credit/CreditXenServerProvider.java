// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit;

import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.Scheduler;
import org.poolsim.cpu.sched.SchedulerParameters;
import org.poolsim.cpu.sched.SchedulerProvider;

/** {@code credit-xenserver}. */
public final class CreditXenServerProvider implements SchedulerProvider {
  @Override
  public String name() {
    return "credit-xenserver";
  }

  @Override
  public Scheduler create(CpuPool pool, SchedulerParameters parameters) {
    return new CreditScheduler(pool, parameters, new Dom0Weight(pool, parameters));
  }
}
