// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/** How closely a resource is followed. */
public enum Fidelity {
  /** Piecewise-constant rates. */
  FLUID,
  /** Every decision, request or packet batch. */
  DETAILED
}
