// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit2;

import org.poolsim.cpu.sched.PcpuEvent;

/** Credit2's state of a domain: its cap is a pool of CPU time per period. */
final class Credit2Domain {
  int cap;
  long pool;
  long poolPerPeriod;
  long nextReplenishment;
  PcpuEvent replenishment;
  Credit2Unit firstParked;
  Credit2Unit[] units = {};

  boolean isCapped() {
    return cap != 0;
  }
}
