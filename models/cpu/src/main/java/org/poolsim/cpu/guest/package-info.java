// SPDX-License-Identifier: Apache-2.0
/**
 * What a guest does on one vCPU, in the simplest forms that schedulers are studied with: hogs,
 * bursts, periodic and Poisson jobs, requests to a backend, yielding.
 *
 * <p>Each is a {@link org.poolsim.cpu.guest.Behaviour} of one {@link org.poolsim.cpu.sched.Vcpu};
 * {@link org.poolsim.cpu.guest.Behaviour#start} sets it going. Times are nanoseconds of CPU for
 * work and of the clock for sleeps, periods and phases. Exponential draws are {@code max(1,
 * ceil(-mean ln(1 - u)))} with {@code u} from a SplitMix64 generator of the vCPU's own seed.
 */
package org.poolsim.cpu.guest;
