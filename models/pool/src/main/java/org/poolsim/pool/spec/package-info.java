// SPDX-License-Identifier: Apache-2.0
/**
 * What a run is made of, as immutable records: the pool, its VMs and their workloads, the faults,
 * the objectives.
 *
 * <p>{@link org.poolsim.pool.spec.RunSpec} is the root. Everything refers to everything else by
 * name: a VM to its home host, a VBD to its VDI, a VDI to its SR, a VIF and a PIF to a network.
 * {@link org.poolsim.pool.Pool} resolves the names.
 *
 * <p>Units are in the names: nanoseconds, bytes, hertz, bits per second; levels and fractions are
 * in [0, 1]. The constructors check ranges as a last resort, with an {@link
 * java.lang.IllegalArgumentException}; whoever reads a file checks first and can say the line.
 *
 * <p>A {@code uuid} may be {@code null}: the assembly then draws one from the run's seed and the
 * object's name.
 */
package org.poolsim.pool.spec;
