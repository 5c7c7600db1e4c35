// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

/** Takes the course of one value over time, stretch by stretch, in order. */
@FunctionalInterface
public interface Course {
  /**
   * The value held from one instant to a later one.
   *
   * @param fromNanos first instant
   * @param toNanos first instant after it
   * @param value what it was, or its mean rate; NaN for unknown
   */
  void held(long fromNanos, long toNanos, double value);

  /** Returns a course that passes every stretch to both. */
  static Course both(Course first, Course second) {
    return (from, to, value) -> {
      first.held(from, to, value);
      second.held(from, to, value);
    };
  }
}
