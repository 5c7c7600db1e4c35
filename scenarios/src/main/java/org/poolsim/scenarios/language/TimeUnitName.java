// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

/** The unit of a time column. */
public enum TimeUnitName {
  S,
  MS,
  MIN
}
