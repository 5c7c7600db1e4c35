// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.alerts;

import org.poolsim.engine.data.Owner;

/**
 * A message named {@code ALARM}.
 *
 * @param atNanos when it was raised, in nanoseconds of simulated time
 * @param rowEndSeconds the end of the row that raised it, in seconds since 1970
 * @param object the VM, host or SR
 * @param variable what was configured, for example {@code cpu_usage}
 * @param value the value of the row
 * @param level the level that it passed
 * @param high whether it is above the level; otherwise below
 * @param priority 1 (most urgent) to 5, 3 unless configured
 * @param body the text that XenCenter reads: the value, then the variable's configuration
 */
public record Alarm(
    long atNanos,
    long rowEndSeconds,
    Owner object,
    String variable,
    double value,
    double level,
    boolean high,
    int priority,
    String body) {
  /** The name that the message has on a real pool. */
  public static final String NAME = "ALARM";

  /** Returns the object's class as the message names it: {@code VM}, {@code Host} or {@code SR}. */
  public String objectClass() {
    return switch (object.kind()) {
      case HOST -> "Host";
      case VM -> "VM";
      case SR -> "SR";
    };
  }
}
