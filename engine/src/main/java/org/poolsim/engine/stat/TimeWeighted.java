// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.stat;

/**
 * A level that holds from one change to the next (jobs in a queue, busy servers), with its average
 * over time. Times are simulated nanoseconds and never go back. Not thread safe.
 */
public final class TimeWeighted {
  private long startNanos;
  private long lastNanos;
  private double level;
  private double integral;
  private double min;
  private double max;

  /** Starts with a level at a time. */
  public TimeWeighted(long startNanos, double level) {
    this.level = level;
    restart(startNanos);
  }

  /** Sets the level from {@code nowNanos} on. */
  public void set(long nowNanos, double newLevel) {
    advance(nowNanos);
    level = newLevel;
    min = Math.min(min, newLevel);
    max = Math.max(max, newLevel);
  }

  /** Adds to the level from {@code nowNanos} on. */
  public void add(long nowNanos, double change) {
    set(nowNanos, level + change);
  }

  /** Forgets what was before {@code nowNanos} (the end of a warm-up) and keeps the level. */
  public void restart(long nowNanos) {
    startNanos = nowNanos;
    lastNanos = nowNanos;
    integral = 0;
    min = level;
    max = level;
  }

  /** Returns the current level. */
  public double level() {
    return level;
  }

  /** Returns the smallest level since the start. */
  public double min() {
    return min;
  }

  /** Returns the largest level since the start. */
  public double max() {
    return max;
  }

  /** Returns the integral of the level from the start to {@code nowNanos}, in level x ns. */
  public double integral(long nowNanos) {
    advance(nowNanos);
    return integral;
  }

  /** Returns the average from the start to {@code nowNanos}; the level itself if no time passed. */
  public double average(long nowNanos) {
    advance(nowNanos);
    return nowNanos == startNanos ? level : integral / (nowNanos - startNanos);
  }

  private void advance(long nowNanos) {
    if (nowNanos < lastNanos) {
      throw new IllegalArgumentException(
          "the time goes back from " + lastNanos + " ns to " + nowNanos + " ns");
    }
    integral += level * (nowNanos - lastNanos);
    lastNanos = nowNanos;
  }
}
