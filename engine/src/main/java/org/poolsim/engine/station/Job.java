// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.station;

import org.poolsim.engine.Event;

/**
 * Something to be served: a customer. It belongs to whoever sends it, is in at most one station at
 * a time, and is reused. As an event it is the end of its own service.
 */
public abstract class Job extends Event {
  Job next;
  ServerStation station;
  long arrivedNanos;
  long startedNanos;
  long serviceNanos;
  double finish;
  long order;

  /** Sets the service that the job asks of the next station, in nanoseconds, not negative. */
  public final void setServiceNanos(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("a service time must not be negative, it is " + nanos);
    }
    serviceNanos = nanos;
  }

  /** Returns the service asked for. */
  public final long serviceNanos() {
    return serviceNanos;
  }

  /** Returns when the job last arrived at a station. */
  public final long arrivedNanos() {
    return arrivedNanos;
  }

  /** Returns when the service last started; with sharing and delay, the arrival. */
  public final long startedNanos() {
    return startedNanos;
  }

  /** Returns the wait before the service of the last station. */
  public final long waitedNanos() {
    return startedNanos - arrivedNanos;
  }

  /** Returns the class of the job for {@link PriorityStation}: 0 is served first. */
  protected int priority() {
    return 0;
  }

  /** Returns the weight of the job in {@link SharingStation}, positive. */
  protected double weight() {
    return 1;
  }

  /** Called when the service has ended; the job has left the station. */
  protected abstract void served();

  @Override
  protected final void fire() {
    station.complete(this);
  }
}
