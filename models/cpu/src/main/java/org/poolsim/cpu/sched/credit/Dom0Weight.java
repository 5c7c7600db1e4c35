// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched.credit;

import org.poolsim.cpu.sched.CpuPool;
import org.poolsim.cpu.sched.SchedulerParameters;

/**
 * Accounting with XenServer's patch (fact sheet 3.9): dom0's weight follows what is active, so that
 * each active vCPU of dom0 is entitled to a pCPU, or dom0 as a whole to half of the host.
 */
final class Dom0Weight extends CreditAccounting {
  private static final int GREATEST_WEIGHT = 65_535;

  Dom0Weight(CpuPool pool, SchedulerParameters parameters) {
    super(pool, parameters);
  }

  @Override
  void weightsChanged() {
    CreditDomain dom0 = firstActive();
    while (dom0 != null && !dom0.isDom0) {
      dom0 = dom0.next;
    }
    boolean alone = dom0 != null && firstActive() == dom0 && dom0.next == null;
    if (dom0 == null || alone || pcpus() < 2) {
      return;
    }
    int active = dom0.activeUnits;
    int others = pcpus() - active;
    int weightOfOthers = weight() - dom0.weight * active;
    int newWeight = Math.min(weightOfOthers / Math.max(active, others), GREATEST_WEIGHT);
    if (newWeight > 0) {
      reweigh(dom0, newWeight);
    }
  }
}
