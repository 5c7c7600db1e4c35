// SPDX-License-Identifier: Apache-2.0
/**
 * The event kernel: one clock, one order, one answer.
 *
 * <p>A model owns its {@link org.poolsim.engine.Event} objects and reuses them for their whole
 * life; a {@link org.poolsim.engine.Simulator} fires them in the order of their time and, at one
 * time, in the order in which they were scheduled. Time is a {@code long} of nanoseconds since the
 * start of the simulation.
 *
 * <pre>{@code
 * Simulator simulator = new Simulator();
 * Event tick = new Event() {
 *   @Override protected void fire() {
 *     simulator.scheduleAfter(this, 5_000_000_000L);
 *   }
 * };
 * simulator.schedule(tick, 0);
 * simulator.runUntil(60_000_000_000L);
 * }</pre>
 */
package org.poolsim.engine;
