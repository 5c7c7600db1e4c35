// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.data;

/**
 * What xcp-rrdd knows of a data source besides its value.
 *
 * @param owner the object described
 * @param name the name as on a real host, for example {@code memory_free_kib}
 * @param text one line for people
 * @param units as on a real host: {@code (fraction)}, {@code KiB}, {@code B/s} ...; may be empty
 * @param type how values become rates
 * @param integer whether values are 64-bit integers; otherwise doubles
 * @param min smallest valid rate, in units; {@code -Infinity} for none
 * @param max largest valid rate, in units; {@code +Infinity} for none
 * @param inverse whether the stored rate is 1 - x (host CPU sources are fed idle time)
 * @param enabled whether a real host records it by default
 */
public record Description(
    Owner owner,
    String name,
    String text,
    String units,
    Type type,
    boolean integer,
    double min,
    double max,
    boolean inverse,
    boolean enabled) {
  /** How a value becomes a rate. */
  public enum Type {
    /** The value itself. */
    GAUGE,
    /** An amount since the last reading, divided by the interval. */
    ABSOLUTE,
    /** A running total, differentiated. */
    DERIVE
  }
}
