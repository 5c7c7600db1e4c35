// SPDX-License-Identifier: Apache-2.0
/** What the memory model costs: a decision of squeezed, and a host on which nothing happens. */
package org.poolsim.benchmarks.memory;
