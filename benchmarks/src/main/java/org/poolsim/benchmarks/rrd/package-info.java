// SPDX-License-Identifier: Apache-2.0
/** What recording costs: nanoseconds per sample and series, and the memory of many series. */
package org.poolsim.benchmarks.rrd;
