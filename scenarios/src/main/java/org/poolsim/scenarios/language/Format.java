// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

/** How images are kept. */
public enum Format {
  VHD,
  RAW
}
