// SPDX-License-Identifier: Apache-2.0
/**
 * What a run counts and what may be concluded from it.
 *
 * <p>Collected while the simulation runs, without allocation: {@link org.poolsim.engine.stat.Tally}
 * (moments of observations), {@link org.poolsim.engine.stat.TimeWeighted} (average of a level over
 * time), {@link org.poolsim.engine.stat.LatencyHistogram} (quantiles with a stated precision).
 */
package org.poolsim.engine.stat;
