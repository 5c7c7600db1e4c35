// SPDX-License-Identifier: Apache-2.0
/**
 * Data sources as in xcp-rrdd: named, typed, unit-bearing series of a host, a VM or an SR.
 * Everything that a run shows comes out of one.
 *
 * <p>A model registers its sources in a {@link org.poolsim.engine.data.DataSources} and pushes what
 * changes; a recorder subscribes there. A source whose value does not change costs nothing: the
 * recorder fills the quiet stretch when the next change (or the end of the run) tells it to.
 *
 * <table>
 *   <caption>The three ways to feed a recorder</caption>
 *   <tr><td>{@link org.poolsim.engine.data.Gauge}</td><td>a value that holds until the next {@code set}</td></tr>
 *   <tr><td>{@link org.poolsim.engine.data.Counter}</td><td>a total that grows by {@code add} and by a rate between
 *     changes</td></tr>
 *   <tr><td>{@link org.poolsim.engine.data.Sampled}</td><td>read by a function at each sampling instant, for what
 *     changes with every event (a detailed scheduler's CPU times)</td></tr>
 * </table>
 */
package org.poolsim.engine.data;
