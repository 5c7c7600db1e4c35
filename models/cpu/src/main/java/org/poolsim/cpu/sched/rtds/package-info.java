// SPDX-License-Identifier: Apache-2.0
/**
 * Xen's RTDS scheduler ({@code common/sched/rt.c}): global earliest deadline first over vCPUs with
 * a period and a budget each, deferrable servers. With extratime, a vCPU without budget runs on at
 * a lower priority level.
 *
 * <p>Quirk kept: the replenishment queue is ordered by priority, not by deadline, and its timer is
 * set for its front alone.
 */
package org.poolsim.cpu.sched.rtds;
