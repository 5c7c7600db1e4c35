// SPDX-License-Identifier: Apache-2.0
/**
 * The pool: hosts and VMs assembled from a {@link org.poolsim.pool.spec.RunSpec}, their workloads,
 * what is done to them and what is measured.
 *
 * <p>{@link org.poolsim.pool.Pool} is the front door. It makes each host's pCPUs through a {@link
 * org.poolsim.pool.CpuFactory}, creates dom0 first, fills the ports of the storage and network
 * models with dom0's CPU, and runs the VMs through their {@link org.poolsim.pool.VmState life}: a
 * start is placed by the coordinator (one at a time), takes one of the host's xenopsd workers,
 * spends dom0 CPU on creating, building and the device model and time on plugging devices, and then
 * boots as CPU and disk work of its own.
 *
 * <p>Placement: the host that a VM names, else of those with its SRs and enough memory the one with
 * the most free memory, then the fewest vCPUs. A VM takes its dynamic_max and overhead; balloons do
 * not move.
 *
 * <p>Background workloads set the CPU demand of vCPUs when it changes. A request is a program of
 * steps run by a client with objects of its own, so that steady state allocates nothing; its
 * response time is what its steps took on the resources that they contended for.
 *
 * <p>{@link org.poolsim.pool.Metrics} holds every duration in a histogram, and levels (CPU, wait,
 * memory, links, queues) as means over windows; {@link org.poolsim.pool.Saturation} finds
 * thresholds exceeded in those windows, so its times have the window's resolution.
 *
 * <p>Limits: no migration, no HA restarts, no retry of refused starts; the coordinator and xenopsd
 * steps have engineering defaults for their times, see {@link org.poolsim.pool.spec.StartCostSpec}.
 */
package org.poolsim.pool;
