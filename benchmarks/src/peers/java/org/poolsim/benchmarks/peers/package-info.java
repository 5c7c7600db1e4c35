// SPDX-License-Identifier: Apache-2.0
/**
 * HOLD, timers and M/M/1 on other simulators. Built by the Maven profile {@code peers} only, never
 * delivered: one of them is under the GPL.
 */
package org.poolsim.benchmarks.peers;
