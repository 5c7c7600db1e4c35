// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.cpufluid;

/** How the behaviours of a case reach the model. */
enum Drive {
  /** Each vCPU wants its long-run mean: constant demand. */
  DEMAND,
  /** Each run of a vCPU is a piece of queued work; it sleeps after it has completed. */
  WORK
}
