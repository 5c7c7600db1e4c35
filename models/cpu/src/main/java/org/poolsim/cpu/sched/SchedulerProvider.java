// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/**
 * A kind of scheduler, known by its name in scenarios. Found with {@link java.util.ServiceLoader}:
 * a scheduler of one's own needs a class file on the class path and a line in {@code
 * META-INF/services/org.poolsim.cpu.sched.SchedulerProvider}.
 */
public interface SchedulerProvider {
  /** Returns the name, for example {@code credit2}. */
  String name();

  /** Creates the scheduler instance of one pool of pCPUs. */
  Scheduler create(CpuPool pool, SchedulerParameters parameters);
}
