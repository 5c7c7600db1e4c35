// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

/**
 * How far a run goes on before it looks around, in simulated time: as far as takes about 20 ms on
 * the wall, however dense its events are. What happens in the run does not depend on it.
 */
final class Slice {
  private static final long WALL_NANOS = 20_000_000L;
  private static final long FIRST_NANOS = 10_000_000L;

  private long nanos = FIRST_NANOS;

  /**
   * Returns where the next slice ends.
   *
   * @param done the simulated time that is reached
   * @param due how far it may go, later than {@code done}
   */
  long end(long done, long due) {
    return due - done > nanos ? done + nanos : due;
  }

  /** Notes how long the last slice took on the wall. */
  void took(long wallNanos) {
    if (wallNanos < WALL_NANOS / 2) {
      nanos = Math.min(2 * nanos, Long.MAX_VALUE / 4);
    } else if (wallNanos > WALL_NANOS && nanos > 1) {
      nanos /= 2;
    }
  }
}
