// SPDX-License-Identifier: Apache-2.0
/**
 * Xen's credit scheduler ({@code common/sched/credit.c}, policy of 4.18 and later), and credit with
 * XenServer's automatic weight of dom0, the default of XenServer and XCP-ng 8.3 hosts.
 *
 * <p>Proportional share: every time slice (30 ms) the accounting hands 10 credits per millisecond
 * and pCPU to the active vCPUs by weight; a running vCPU burns 10 per millisecond. Priorities are
 * BOOST (just woken), UNDER (credits left), OVER (none left). A vCPU becomes active when a 10 ms
 * tick finds it running.
 *
 * <p>Differs from 4.17 in yielding only.
 */
package org.poolsim.cpu.sched.credit;
