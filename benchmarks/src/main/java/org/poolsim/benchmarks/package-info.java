// SPDX-License-Identifier: Apache-2.0
/** poolsim benchmarks. */
package org.poolsim.benchmarks;
