// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

/**
 * How a guest's balloon driver behaves.
 *
 * @param kind what is wrong with it, if anything
 * @param kibPerSecond speed while it works, above 0
 * @param granularityKib pages moved at a time, at least 4
 * @param backOff what it does when it gets no page
 * @param param what the kind says
 */
public record BalloonSpec(
    Kind kind, double kibPerSecond, long granularityKib, BackOff backOff, double param) {
  /** A page; drivers stop within one of their target. */
  static final long PAGE_KIB = 4;

  /** What is wrong with a driver. */
  public enum Kind {
    /** Nothing. */
    IDEAL,
    /** There is none: the guest never offers to balloon. */
    NONE,
    /** It offers to balloon and never moves. */
    STUCK,
    /** It never takes the guest below {@code param} KiB. */
    LOWER_LIMIT,
    /** It never lets the guest grow above {@code param} KiB. */
    UPPER_LIMIT,
    /** It works and rests for {@code param} seconds in turns, working first. */
    INTERMITTENT,
    /** It does nothing until {@code param} seconds after the start of the simulation. */
    DELAYED
  }

  /** What a driver does when it gets no page. */
  public enum BackOff {
    /** Tries again each second. */
    EACH_SECOND,
    /** As Linux: tries again after 1, 2, 4 ... 32 s; any success starts over. */
    DOUBLING
  }

  public BalloonSpec {
    if (!(kibPerSecond > 0) || granularityKib < PAGE_KIB) {
      throw new IllegalArgumentException(
          "a balloon moves faster than 0 and at least a page of 4 KiB at a time: "
              + kibPerSecond
              + " KiB/s, "
              + granularityKib
              + " KiB");
    }
    if (kind == Kind.INTERMITTENT && !(param > 0)) {
      throw new IllegalArgumentException(
          "an intermittent balloon works for more than 0 s at a time: " + param);
    }
  }

  /** Returns Linux' driver: 1 GiB/s by hypercalls of 512 pages. The speed is an assumption. */
  public static BalloonSpec linux() {
    return new BalloonSpec(Kind.IDEAL, 1 << 20, 2048, BackOff.DOUBLING, 0);
  }

  /** Returns the driver of Windows guests: 200 MiB/s. The speed is an assumption. */
  public static BalloonSpec windows() {
    return new BalloonSpec(Kind.IDEAL, 200 << 10, 2048, BackOff.EACH_SECOND, 0);
  }

  /** Returns a guest without a driver. */
  public static BalloonSpec none() {
    return linux().of(Kind.NONE, 0);
  }

  /** Returns this driver with something wrong. */
  public BalloonSpec of(Kind newKind, double newParam) {
    return new BalloonSpec(newKind, kibPerSecond, granularityKib, backOff, newParam);
  }

  /** Returns this driver with another speed. */
  public BalloonSpec atKibPerSecond(double newKibPerSecond) {
    return new BalloonSpec(kind, newKibPerSecond, granularityKib, backOff, param);
  }
}
