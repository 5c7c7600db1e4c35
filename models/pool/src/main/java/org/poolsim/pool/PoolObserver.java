// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

/**
 * Hears what a run shows while it shows it; for recorders. Every method does nothing unless
 * overridden.
 */
public interface PoolObserver {
  /** Nobody. */
  PoolObserver NOBODY = new PoolObserver() {};

  /** An event has been noted. */
  default void happened(PoolEvent event) {}

  /**
   * A level was measured over a window.
   *
   * @param entity host, VM, array or link
   * @param value the mean over the window, in the metric's unit
   */
  default void held(
      MetricSeries metric, String entity, long fromNanos, long toNanos, double value) {}

  /**
   * A duration ended now.
   *
   * @param entity VM
   */
  default void took(MetricSeries metric, String entity, long nowNanos, long nanos) {}
}
