// SPDX-License-Identifier: Apache-2.0
/**
 * The CPU model: what a host's pCPUs give to its domains.
 *
 * <p>The port is {@link org.poolsim.cpu.HostCpu}: domains with vCPUs, which are given demand or
 * queued {@link org.poolsim.cpu.CpuWork}. Two implementations answer it, made by {@link
 * org.poolsim.cpu.HostCpus}:
 *
 * <pre>{@code
 * HostCpuSpec spec = HostCpuSpec.of("host-1", new CpuTopology(2, 16, 2));
 * HostCpu host = HostCpus.fluid(simulator, spec);            // or detailed(simulator, spec, streams)
 * CpuDomain dom0 = host.createDomain(new DomainSpec("Domain-0", 16, 256, 0, null, null));
 * CpuDomain guest = host.createDomain(new DomainSpec("web-1", 2, 256, 0, null, null));
 * guest.setDemand(0, 0.35);        // background: 35 % of a pCPU
 * guest.submit(work, 2_000_000);   // 2 ms of CPU time; work.completed() follows
 * }</pre>
 *
 * <table>
 *   <caption>The two fidelities</caption>
 *   <tr><td>{@link org.poolsim.cpu.detailed}</td><td>every decision of Xen's scheduler ({@link
 *     org.poolsim.cpu.sched}), a guest scheduler on the vCPUs; cost per context switch</td></tr>
 *   <tr><td>{@link org.poolsim.cpu.fluid}</td><td>weighted max-min rates; cost per change of a
 *     demand, nothing between</td></tr>
 * </table>
 *
 * <p>CPU time is wall-clock time on a pCPU, as Xen counts it. Work is measured in nanoseconds at
 * full speed: on a core whose other threads are busy it takes longer.
 *
 * <p>{@link org.poolsim.cpu.BackendService} gives storage, network and toolstack CPU in dom0,
 * {@link org.poolsim.cpu.CpuDataSources} is what a host reports. Source: Xen's scheduler code; see
 * docs/models/cpu.md and docs/models/cpu-fluid.md for laws, limits and measured errors.
 */
package org.poolsim.cpu;
