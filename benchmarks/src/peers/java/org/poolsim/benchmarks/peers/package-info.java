// SPDX-License-Identifier: Apache-2.0
/** HOLD on other simulators, as their users would write it. Built by the profile peers only. */
package org.poolsim.benchmarks.peers;
