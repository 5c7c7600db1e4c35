// SPDX-License-Identifier: Apache-2.0
/**
 * What a run counts and what may be concluded from it.
 *
 * <p>Collected while the simulation runs, without allocation: {@link org.poolsim.engine.stat.Tally}
 * (moments of observations), {@link org.poolsim.engine.stat.TimeWeighted} (average of a level over
 * time), {@link org.poolsim.engine.stat.LatencyHistogram} (quantiles with a stated precision),
 * {@link org.poolsim.engine.stat.BatchMeans} (the mean of one long run).
 *
 * <p>Concluded from replications: {@link org.poolsim.engine.stat.ConfidenceInterval} (means,
 * quantiles, paired differences), {@link org.poolsim.engine.stat.ReplicationRunner} (all cores, one
 * answer), {@link org.poolsim.engine.stat.SequentialStopping} (as many as are needed).
 */
package org.poolsim.engine.stat;
