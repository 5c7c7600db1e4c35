// SPDX-License-Identifier: Apache-2.0
/**
 * The stations of {@code org.poolsim.engine.station} against queueing theory: each row of a {@code
 * queueing_*.json} table is simulated until its 99 % confidence intervals are narrow (or a limit of
 * replications is reached), and its analytic figures must lie within. A figure outside is simulated
 * once more with another seed, because one in a hundred may miss; a figure of an event too rare to
 * see (a loss probability of 1e-20) is not judged, and one too rare to become narrow within the
 * limit does not hold up its row.
 */
package org.poolsim.validation.queueing;
