// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpu;

import org.poolsim.cpu.Runstate;
import org.poolsim.cpu.sched.SchedDomain;
import org.poolsim.cpu.sched.Vcpu;

/** The sums over the vCPUs of a domain. */
record Measured(
    long cpuTimeNanos,
    long switchIns,
    long preemptions,
    long migrations,
    long wakeups,
    long runnableNanos,
    long blockedNanos,
    long offlineNanos) {
  static Measured of(SchedDomain domain) {
    long cpuTime = 0;
    long switchIns = 0;
    long preemptions = 0;
    long migrations = 0;
    long wakeups = 0;
    long runnable = 0;
    long blocked = 0;
    long offline = 0;
    for (int id = 0; id < domain.vcpus(); id++) {
      Vcpu vcpu = domain.vcpu(id);
      cpuTime += vcpu.runstateNanos(Runstate.RUNNING);
      runnable += vcpu.runstateNanos(Runstate.RUNNABLE);
      blocked += vcpu.runstateNanos(Runstate.BLOCKED);
      offline += vcpu.runstateNanos(Runstate.OFFLINE);
      switchIns += vcpu.switchIns();
      preemptions += vcpu.preemptions();
      migrations += vcpu.migrations();
      wakeups += vcpu.wakeups();
    }
    return new Measured(
        cpuTime, switchIns, preemptions, migrations, wakeups, runnable, blocked, offline);
  }
}
