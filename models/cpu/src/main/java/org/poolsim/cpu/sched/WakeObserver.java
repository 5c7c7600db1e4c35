// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/** Told how long woken vCPUs of a domain waited for a pCPU. */
@FunctionalInterface
public interface WakeObserver {
  /**
   * Called when a vCPU is switched in for the first time since a wake. It only looks on: work given
   * to the vCPU from here would not be timed rightly, for the switch is not complete.
   */
  void ranAfter(Vcpu vcpu, long wakeToRunNanos);
}
