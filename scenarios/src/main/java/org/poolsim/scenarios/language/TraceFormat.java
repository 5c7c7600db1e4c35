// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.language;

/** The format of a trace. */
public enum TraceFormat {
  AUTO,
  BITBRAINS,
  PLANETLAB,
  CSV
}
