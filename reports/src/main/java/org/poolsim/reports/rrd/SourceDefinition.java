// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.rrd;

import org.poolsim.engine.data.Description;

/**
 * One data source of a round-robin database.
 *
 * @param name the name as on a real host
 * @param type how values become rates
 * @param heartbeatSeconds the longest interval between two samples that is not a gap
 * @param min smallest valid rate; {@code -Infinity} for none
 * @param max largest valid rate; {@code +Infinity} for none
 * @param integer whether samples are 64-bit integers
 * @param inverse whether 1 - rate is stored
 */
public record SourceDefinition(
    String name,
    Description.Type type,
    double heartbeatSeconds,
    double min,
    double max,
    boolean integer,
    boolean inverse) {
  /** The heartbeat of every source on a real host; rrdd_shared.ml. */
  public static final double HEARTBEAT_SECONDS = 300;

  /** Returns the definition of a described source. */
  public static SourceDefinition of(Description description) {
    return new SourceDefinition(
        description.name(),
        description.type(),
        HEARTBEAT_SECONDS,
        description.min(),
        description.max(),
        description.integer(),
        description.inverse());
  }
}
