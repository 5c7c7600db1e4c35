// SPDX-License-Identifier: Apache-2.0
/**
 * Random numbers: one independent stream per named purpose.
 *
 * <p>{@link org.poolsim.engine.random.RandomStreams} turns (seed, name) into a {@link
 * org.poolsim.engine.random.RandomStream}; the stream does not depend on which other streams exist
 * or on the order in which they were asked for. Two runs of one seed therefore give an entity the
 * same draws even when other entities come and go, which is what comparing two policies under
 * common random numbers needs.
 *
 * <p>A {@link org.poolsim.engine.random.Distribution} is a law with its parameters, without state;
 * it draws from whatever stream it is given.
 *
 * <p>Draws are the same on any machine and JDK: functions whose last bit may differ between
 * platforms ({@code Math.exp}, {@code Math.pow}) never reach a result; {@code StrictMath} is used
 * in their place.
 *
 * <pre>{@code
 * RandomStreams streams = new RandomStreams(42);
 * RandomStream arrivals = streams.stream("vm/web-1/arrivals");
 * Distribution gap = Distribution.exponential(2_000_000); // mean 2 ms, in nanoseconds
 * long nextNanos = nowNanos + gap.sampleNanos(arrivals);
 * }</pre>
 */
package org.poolsim.engine.random;
