// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

/**
 * What a vCPU does with the CPU time that it gets. One object may serve many vCPUs.
 *
 * <p>Without a program, and whenever it was told to {@link Vcpu#runForever()}, a vCPU runs for
 * ever.
 */
@FunctionalInterface
public interface VcpuProgram {
  /**
   * Called on the vCPU's pCPU, while it runs, when the work given by {@link Vcpu#run} is done. Says
   * what comes next by calling {@link Vcpu#run}, {@link Vcpu#runForever} or {@link Vcpu#block}, and
   * {@link Vcpu#yieldPcpu} besides if it likes. May wake other vCPUs; all rescheduling follows when
   * it returns.
   */
  void workDone(Vcpu vcpu);
}
