// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

/** Whose arithmetic turns samples into rows. */
public enum Consolidation {
  XAPI,
  RRDTOOL
}
