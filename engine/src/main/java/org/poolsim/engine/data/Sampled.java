// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.data;

/** A source that is read by a function whenever a recorder samples it. */
public final class Sampled extends DataSource {
  private final Reading reading;

  /** Creates a source that {@code reading} answers for. */
  public Sampled(Description description, Reading reading) {
    super(description);
    this.reading = reading;
  }

  @Override
  public double value(long nowNanos) {
    return reading.at(nowNanos);
  }

  /** Answers with the value at the present instant. */
  @FunctionalInterface
  public interface Reading {
    /** Returns the level or the running total at {@code nowNanos}; NaN when unknown. */
    double at(long nowNanos);
  }
}
