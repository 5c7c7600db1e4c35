// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/** A scheduler from outside: registered in META-INF/services of these tests. */
public final class SchedulerExample implements SchedulerProvider {
  /** The policy's state of a vCPU: none. */
  static final class Turn extends SchedUnit {}

  @Override
  public String name() {
    return "round-robin";
  }

  @Override
  public Scheduler create(CpuPool pool, SchedulerParameters parameters) {
    return new RoundRobinScheduler(pool);
  }
}
