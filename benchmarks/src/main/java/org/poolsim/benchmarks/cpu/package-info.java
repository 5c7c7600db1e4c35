// SPDX-License-Identifier: Apache-2.0
/**
 * What the CPU models cost: the schedulers by host and load, hosts of interactive guests, and the
 * fluid model over a day of many hosts.
 */
package org.poolsim.benchmarks.cpu;
