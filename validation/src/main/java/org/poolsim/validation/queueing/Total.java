// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

/** What a batch of an open station adds up; times in mean services. */
enum Total {
  ARRIVED,
  LOST,
  /** Those that find the usual number of jobs, see {@link DelayClimb}. */
  FOUND_BASE,
  SERVED,
  /** Served ones that had to wait. */
  DELAYED,
  WAIT,
  RESPONSE,
  RESPONSE_SQUARED,
  /** Response over service, of the smaller and of the larger half of the services. */
  SMALL,
  SMALL_SLOWDOWN,
  LARGE,
  LARGE_SLOWDOWN,
  HIGH,
  HIGH_WAIT,
  LOW,
  LOW_WAIT,
  TIME,
  /** Jobs in the station, over time. */
  PRESENT,
  /** Jobs that wait, over time. */
  QUEUED,
  /** Servers without a job, over time. */
  IDLE;

  static final int COUNT = values().length;
}
