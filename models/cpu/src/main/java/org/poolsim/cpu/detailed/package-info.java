// SPDX-License-Identifier: Apache-2.0
/**
 * The detailed CPU model behind the port: the schedulers of {@link org.poolsim.cpu.sched} step by
 * step, and on their vCPUs a simple guest scheduler.
 *
 * <p>The guest keeps one queue of runnable work for all its vCPUs. A vCPU without anything to run
 * takes the head of the queue; while others wait it runs a turn of {@link
 * org.poolsim.cpu.detailed.GuestParameters#quantumNanos()} of CPU time and goes to the tail
 * (Linux's base slice, 3 ms), otherwise it runs to its end. A vCPU that finds nothing blocks; new
 * work wakes the blocked vCPU with the lowest number. What the hypervisor has taken from the pCPU
 * keeps its work: another vCPU does not pull it.
 *
 * <p>Background demand ({@code setDemand}) is a task bound to its vCPU that takes turns with the
 * queue: intervals are drawn uniformly from half to one and a half of a mean period, and at the
 * beginning of each the task is given its fraction of the interval as CPU time; what is left of the
 * interval before is lost. A demand of 1 never ends. The draws come from the stream {@code
 * cpu/HOST/DOMAIN/vcpu-N}.
 *
 * <p>Limits: guest wake-ups, IPIs and context switches inside the guest cost nothing; vCPUs do not
 * spin or yield.
 */
package org.poolsim.cpu.detailed;
