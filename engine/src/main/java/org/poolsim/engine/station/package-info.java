// SPDX-License-Identifier: Apache-2.0
/**
 * Stations: the queues that models are put together from.
 *
 * <table>
 * <caption>Stations and the laws that they follow (load rho, mean service 1)</caption>
 * <tr><th>Station</th><th>Discipline</th><th>With Poisson arrivals</th></tr>
 * <tr><td>{@link org.poolsim.engine.station.FifoStation}</td>
 *     <td>c servers, first come first served, no limit or a limit with loss</td>
 *     <td>M/G/1: Wq = rho (1 + scv) / 2 (1 - rho) (Pollaczek and Khinchine); M/M/c: Erlang C;
 *     M/G/c/c: Erlang B</td></tr>
 * <tr><td>{@link org.poolsim.engine.station.PriorityStation}</td>
 *     <td>c servers, class 0 first, never interrupting</td>
 *     <td>M/G/1: Wq(k) = R / (1 - s(k-1)) (1 - s(k)) with R the mean residual work and s(k) the load
 *     of classes 0 to k (Cobham)</td></tr>
 * <tr><td>{@link org.poolsim.engine.station.SharingStation}</td>
 *     <td>all at once, in proportion to their weights</td>
 *     <td>equal weights, M/G/1: W(x) = x / (1 - rho); two classes of exponential services: Fayolle,
 *     Mitrani and Iasnogorodski, Sharing a processor among many job classes, JACM 27(3), 1980</td></tr>
 * <tr><td>{@link org.poolsim.engine.station.DelayStation}</td>
 *     <td>no queue</td><td>L = arrival rate x delay</td></tr>
 * <tr><td>{@link org.poolsim.engine.station.BatchStation}</td>
 *     <td>up to b jobs in one service, which starts as soon as the server is free</td>
 *     <td>services of length 1, no limit of the batch: L = (r + exp(-r) + r / 2) / (1 + exp(-r) / r) at
 *     r arrivals per service</td></tr>
 * <tr><td>{@link org.poolsim.engine.station.ForkedJob}</td>
 *     <td>one task on each of n stations, joined when the last is done</td>
 *     <td>n = 2, M/M/1 each: (12 - rho) / 8 (1 - rho)</td></tr>
 * <tr><td>{@link org.poolsim.engine.station.ClosedClients}</td>
 *     <td>N clients that think, visit stations in turn, and think again</td>
 *     <td>exponential times: mean value analysis</td></tr>
 * </table>
 *
 * <p>A {@link org.poolsim.engine.station.Job} belongs to whoever sends it and is reused; nothing
 * here allocates once its arrays have grown. Times are nanoseconds. At one instant jobs are taken
 * in the order of their arrival.
 */
package org.poolsim.engine.station;
