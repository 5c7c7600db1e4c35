// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

/**
 * A guest's balloon driver.
 *
 * @param guest whose driver it is
 * @param bytesPerSecond its speed; 0 for the driver's own
 * @param fault what is wrong with it
 * @param param what the fault says: bytes of a limit, nanoseconds of a delay or of working and
 *     resting
 * @param bootingNanos from the unpause to the driver's announcement; -1 for the whole boot
 */
public record BalloonDriverSpec(
    Guest guest, double bytesPerSecond, Fault fault, long param, long bootingNanos) {
  /** Linux' driver with nothing wrong, which announces itself at the end of the boot. */
  public static final BalloonDriverSpec DEFAULT =
      new BalloonDriverSpec(Guest.LINUX, 0, Fault.NONE, 0, -1);

  /** Whose driver it is. */
  public enum Guest {
    LINUX,
    WINDOWS,
    /** There is no driver. */
    NONE
  }

  /** What may be wrong. */
  public enum Fault {
    NONE,
    /** It announces itself and never moves. */
    STUCK,
    /** It never takes the guest below a size. */
    LOWER_LIMIT,
    /** It never lets the guest grow above a size. */
    UPPER_LIMIT,
    /** It works and rests in turns, working first. */
    INTERMITTENT,
    /** It does nothing until a time of the run. */
    DELAYED
  }

  public BalloonDriverSpec {
    Require.present(guest, "the guest of a balloon driver");
    Require.present(fault, "the fault of a balloon driver");
    Require.notNegative(bytesPerSecond, "speed of a balloon driver in bytes/s");
    if (fault == Fault.NONE || fault == Fault.STUCK) {
      Require.notNegative(param, "parameter of a balloon driver");
    } else {
      Require.positive(param, "parameter of a balloon driver");
    }
    if (bootingNanos < -1) {
      throw new IllegalArgumentException(
          "booting time of a balloon driver is " + bootingNanos + " ns; expected -1 or more");
    }
  }
}
