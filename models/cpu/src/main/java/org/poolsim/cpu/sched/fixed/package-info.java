// SPDX-License-Identifier: Apache-2.0
/**
 * Xen's null scheduler ({@code common/sched/null.c}): each vCPU has a pCPU of its own, for good.
 * What finds none waits, first come first served, and does not run. Nothing preempts, nothing ticks.
 */
package org.poolsim.cpu.sched.fixed;
