// SPDX-License-Identifier: Apache-2.0
/** Cost of random draws. */
package org.poolsim.benchmarks.random;
