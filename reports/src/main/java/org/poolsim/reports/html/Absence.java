// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import org.poolsim.reports.result.HostResult;
import org.poolsim.reports.result.Period;

/** When a host was not there, as the script reads it. */
final class Absence {
  private Absence() {}

  static void write(Island data, HostResult host) {
    if (host.absent().isEmpty()) {
      return;
    }
    data.json().writeArrayPropertyStart("absent");
    for (Period period : host.absent()) {
      data.json().writeNumber(period.startNanos() / 1_000_000_000L);
      data.json().writeNumber(period.endNanos() / 1_000_000_000L);
    }
    data.json().writeEndArray();
  }
}
