// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

/** Told how long jobs took. */
@FunctionalInterface
public interface JobObserver {
  /** Called when a job is complete, with the time since its release, delivery or wake. */
  void completed(long responseNanos);
}
