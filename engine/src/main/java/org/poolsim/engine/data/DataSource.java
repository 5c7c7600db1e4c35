// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.data;

/** A series that models feed and recorders read. */
public abstract sealed class DataSource permits Gauge, Counter, Sampled {
  private static final Listener NOBODY = source -> {};

  private final Description description;
  private Listener listener = NOBODY;

  DataSource(Description description) {
    this.description = description;
  }

  /** Returns the name, units, type and bounds of this source. */
  public final Description description() {
    return description;
  }

  /** Returns the present value: of a gauge its level, of a counter its total; NaN when unknown. */
  public abstract double value(long nowNanos);

  /**
   * Lets {@code listener} know, before each change of the value's course, that the old course ends
   * now. Listeners are told in the order in which they came; nobody leaves.
   */
  public final void listen(Listener listener) {
    Listener earlier = this.listener;
    this.listener =
        earlier == NOBODY
            ? listener
            : source -> {
              earlier.beforeChange(source);
              listener.beforeChange(source);
            };
  }

  final void beforeChange() {
    listener.beforeChange(this);
  }

  /** Told of a change while the source still holds its old course. */
  @FunctionalInterface
  public interface Listener {
    /** The value followed its old course up to now and is about to change. */
    void beforeChange(DataSource source);
  }
}
