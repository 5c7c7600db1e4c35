// SPDX-License-Identifier: Apache-2.0
/**
 * The memory of a host: who has it, the daemon that shares it out, the balloons that obey and what
 * a guest does when it has too little. All amounts in KiB.
 *
 * <pre>{@code
 * HostMemory host = new HostMemory(simulator, sources, hostOwner, dom0Owner,
 *     HostMemorySpec.installed(totalKib, NumaTopology.uniform(pcpus, cores)));
 * VmMemory vm = host.vm(owner, VmMemorySpec.hvm(MemoryLimits.dynamic(min, max, max), 2), listener);
 * vm.reserve();          // listener.admitted(vm), or refused after a minute of retries
 * vm.build(domid);       // listener.built(vm): memory is there, vm.softAffinity() is known
 * vm.balloonReady();     // the guest's driver has announced itself
 * vm.destroy();          // its pages go to the scrubber
 * }</pre>
 *
 * <h2>The law of squeezed</h2>
 *
 * Over the active domains A (can balloon, not stuck), with G the free memory aimed at:
 *
 * <pre>
 * surplus  = max(0, free + sum over A of max(0, actual - dynamic_min - 2 inaccuracy) - G)
 * gamma    = surplus / sum over A of (dynamic_max - dynamic_min), clamped to [0, 1]
 * target_i = dynamic_min_i + trunc(gamma (dynamic_max_i - dynamic_min_i))
 * </pre>
 *
 * Whoever must shrink shrinks first; only when all of them have arrived may the others grow. One
 * decision a second, until all are on target ({@link org.poolsim.memory.SqueezeCall}). A domain off
 * its target without progress for more than 5 s is stuck and left out for the rest of the call, and
 * the next call presumes it active again: one VM that cannot grow keeps its neighbours swinging for
 * ever. That is the default; {@link org.poolsim.memory.SqueezedSettings#rememberingStuckDomains()}
 * is the intended behaviour.
 *
 * <h2>Around it</h2>
 *
 * <ul>
 *   <li>{@link org.poolsim.memory.Squeezed}: one mutex, first come first served, the periodic
 *       balance among the calls. {@link org.poolsim.memory.VmMemory}: retries each 10 s, gives up
 *       after 60 s.
 *   <li>{@link org.poolsim.memory.VmMemoryBreakdown}: shadow, overhead and footprint of a VM.
 *   <li>{@link org.poolsim.memory.NumaPlanner}: the nodes that xenopsd chooses.
 *   <li>{@link org.poolsim.memory.BalloonSpec}: speed, batch, back-off, and what may be wrong.
 *   <li>{@link org.poolsim.memory.GuestMemory}: misses below the working set become reads of the
 *       guest's swap through the port {@link org.poolsim.memory.PagingDevice}.
 * </ul>
 *
 * Source: xen-api at e2ee48d6 (squeezed, xenopsd, xapi), Xen at c447b730, Linux' balloon driver.
 * Decisions, blamed domains, amounts, overheads and plans equal the recorded ones bit for bit. Not
 * published, and therefore assumed: the time of one decision, the speed of balloons and of the
 * scrubber. Limits: build claims of other starts are not held against a placement, as building
 * takes no time here; populate-on-demand is not followed; ballooned pages need no scrubbing.
 */
package org.poolsim.memory;
