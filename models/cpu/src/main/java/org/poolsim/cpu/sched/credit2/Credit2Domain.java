// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import org.poolsim.cpu.sched.PcpuEvent;

/** Credit2's state of a domain: its cap is a pool of CPU time per period. */
final class Credit2Domain {
  /** The pCPU of the replenishment's timer: it stays there whatever pool that is in later. */
  final int timerPcpu;

  int cap;
  long pool;
  long poolPerPeriod;
  long nextReplenishment;
  PcpuEvent replenishment;
  Credit2Unit firstParked;
  Credit2Unit[] units = {};

  Credit2Domain(int timerPcpu) {
    this.timerPcpu = timerPcpu;
  }

  boolean isCapped() {
    return cap != 0;
  }
}
