// SPDX-License-Identifier: Apache-2.0
/**
 * Every scheduling decision of a host: Xen's generic scheduling layer and the port for policies.
 *
 * <p>A {@link org.poolsim.cpu.sched.SchedHost} has pCPUs in one or more {@link
 * org.poolsim.cpu.sched.CpuPool}s, each with its own {@link org.poolsim.cpu.sched.Scheduler}.
 * {@link org.poolsim.cpu.sched.SchedDomain}s have {@link org.poolsim.cpu.sched.Vcpu}s, which do
 * what their {@link org.poolsim.cpu.sched.VcpuProgram} says:
 *
 * <pre>{@code
 * SchedHost host = SchedHost.withOnePool(simulator, CpuTopology.flat(4), TimingParameters.exact(),
 *     null, "credit2", SchedulerParameters.defaults());
 * SchedDomain domain = host.createDomain(host.poolOf(0), 1, 2);
 * Vcpu vcpu = domain.vcpu(0);
 * vcpu.setProgram(done -> done.block());
 * vcpu.run(3_000_000);   // 3 ms of CPU time, then the program decides
 * vcpu.start();
 * }</pre>
 *
 * <p>Source: Xen's {@code common/sched/core.c}. One event is handled to its end, with every
 * rescheduling that it triggers, before the next. Time is charged to the nanosecond: running,
 * runnable, blocked and offline of a vCPU add up to its age.
 *
 * <p>Where timers are late each pCPU has one deadline, for its slice, the work in that, the
 * requests to it and its scheduler's {@link org.poolsim.cpu.sched.PcpuTimer}s, and for all of a
 * host one event is pending, or two. Of several that are due in one nanosecond the lowest-numbered
 * pCPU is then first. Where timers are never late each is an event of its own, and they fire in the
 * order in which they were set, as the recorded cases ask for.
 *
 * <p>With granularity core or socket ({@link org.poolsim.cpu.sched.SchedulingGranularity}) a unit
 * is several vCPUs and the policies see a host whose pCPUs are cores or sockets; pools can change
 * while domains run ({@link org.poolsim.cpu.sched.SchedHost#removeFromPool}, {@link
 * org.poolsim.cpu.sched.SchedDomain#moveTo}).
 *
 * <p>Limits: interrupts, hypercalls and the hypervisor's own work cost nothing but what {@link
 * org.poolsim.cpu.sched.TimingParameters} says.
 */
package org.poolsim.cpu.sched;
