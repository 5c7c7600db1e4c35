// SPDX-License-Identifier: Apache-2.0
/**
 * Xen's credit2 scheduler ({@code common/sched/credit2.c}) as of 4.21, and as it was before.
 *
 * <p>One or more run queues per socket (at most 16 pCPUs each, whole cores), ordered by credit,
 * which burns at a rate inverse to the weight; when the head of the queue has none left, all get 10
 * ms more. Wakes preempt the running vCPU of least credit. Queues are balanced by exponentially
 * averaged load.
 *
 * <p>Blocked vCPUs cost nothing: the credit that a reset gives them is added up per run queue and
 * taken when it is next looked at, with the same result.
 */
package org.poolsim.cpu.sched.credit2;
