// SPDX-License-Identifier: Apache-2.0
/**
 * The fluid CPU model: shares in place of scheduling decisions.
 *
 * <p>Between two changes each vCPU runs at a constant rate {@code x}, a fraction of one pCPU:
 *
 * <pre>
 * x = min(d, w * level)       weighted max-min: the highest level at which
 * sum of x &lt;= pCPUs           the pCPUs that the masks allow suffice
 * </pre>
 *
 * with {@code d} the wanted rate (background demand, or 1 while the guest has queued work on the
 * vCPU; within the domain's cap), at most one pCPU, and {@code w} the weight of its domain: in
 * credit and credit2 a domain's weight counts once for each of its active vCPUs. Under {@code
 * credit-xenserver} dom0's weight is the one that XenServer's patch computes. The guest runs its
 * queued work in processor sharing on the vCPUs, the least loaded ones first; work progresses
 * slower on a core whose other threads are busy.
 *
 * <p>Times are integrated in units of 2^-30 ns, so that what the vCPUs got is what the pCPUs were
 * busy for, exactly ({@code audit()}). {@code running} is what a vCPU gets, {@code runnable} what
 * it wants within its cap and does not get, {@code offline} what the cap cuts off or the time
 * paused, {@code blocked} the rest.
 *
 * <p>Source: the measured long-run shares of credit and credit2 (Xen 4.17 to 4.21). Limits: no
 * latency, no turn lengths, no ratelimit; soft affinity is not taken into account; the priority of
 * credit's BOOST shows in shares only as far as max-min serves small demands first; RTDS and null
 * have no fluid model. The error against the real schedulers is in docs/models/cpu-fluid.md.
 */
package org.poolsim.cpu.fluid;
