// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel against a plain kernel on {@code java.util.PriorityQueue}, on equal terms: both reuse
 * their events, both order by (time, scheduling order), both take their increments from one table.
 * Only ratios of one run mean anything across machines.
 */
package org.poolsim.benchmarks.engine;
