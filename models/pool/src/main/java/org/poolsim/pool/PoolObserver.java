// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.storage.BlockRequest;

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
   * @param entity host, VM, array or link by its place in {@link MetricSeries#entities()}
   * @param value the mean over the window, in the metric's unit
   */
  default void held(MetricSeries metric, int entity, long fromNanos, long toNanos, double value) {}

  /**
   * A resource was at a level over a stretch of time: every stretch of a run is passed on, in
   * order. Where the level stands between changes, stretches end at the changes.
   *
   * @param entity host, array or link
   */
  default void level(
      SaturatedResource resource, String entity, long fromNanos, long toNanos, double value) {}

  /**
   * A read or write of a VM's disk ended now.
   *
   * @param request what it was and where its time went; valid during the call
   * @param nanos how long the guest waited for it
   */
  default void ioEnded(String vm, String sr, BlockRequest request, long nowNanos, long nanos) {}

  /**
   * A VM with room for a balloon had memory over a stretch of time: every stretch of its domain's
   * life is passed on, in order.
   *
   * @param actualBytes what its guest has
   * @param targetBytes what squeezed asks its balloon for
   */
  default void ballooned(
      String vm, long fromNanos, long toNanos, long actualBytes, long targetBytes) {}

  /**
   * A duration ended now.
   *
   * @param entity VM
   */
  default void took(MetricSeries metric, String entity, long nowNanos, long nanos) {}
}
