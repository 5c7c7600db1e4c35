// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import org.poolsim.engine.random.Distribution;

/**
 * What arrives at an open station, and the station; times in mean services.
 *
 * @param discipline of the station
 * @param servers number of servers
 * @param room jobs in the station at most
 * @param arrivalsPerUnit rate of the Poisson process of arrivals
 * @param batch jobs that arrive together
 * @param highShare probability that a job is of the first class
 * @param high service of the first class, in nanoseconds
 * @param low service of the second class
 */
record OpenLaw(
    Discipline discipline,
    int servers,
    int room,
    double arrivalsPerUnit,
    int batch,
    double highShare,
    Distribution high,
    Distribution low) {
  /** Order of service. */
  enum Discipline {
    FIFO,
    PRIORITY,
    SHARING
  }

  /** Returns a queue of one class without a limit. */
  static OpenLaw fifo(int servers, double arrivalsPerUnit, Distribution service) {
    return new OpenLaw(
        Discipline.FIFO, servers, Integer.MAX_VALUE, arrivalsPerUnit, 1, 1, service, service);
  }

  OpenLaw discipline(Discipline other) {
    return new OpenLaw(other, servers, room, arrivalsPerUnit, batch, highShare, high, low);
  }

  OpenLaw room(int jobs) {
    return new OpenLaw(discipline, servers, jobs, arrivalsPerUnit, batch, highShare, high, low);
  }

  OpenLaw batches(int jobs) {
    return new OpenLaw(
        discipline, servers, room, arrivalsPerUnit / jobs, jobs, highShare, high, low);
  }

  OpenLaw classes(double shareOfFirst, Distribution first, Distribution second) {
    return new OpenLaw(
        discipline, servers, room, arrivalsPerUnit, batch, shareOfFirst, first, second);
  }

  boolean twoClasses() {
    return highShare < 1;
  }

  /** Returns the mean service of a job. */
  double meanService() {
    return (highShare * high.mean() + (1 - highShare) * low.mean()) / Experiment.UNIT_NANOS;
  }

  /** Returns the variance of the service of a job. */
  double serviceVariance() {
    double second =
        highShare * secondMoment(high) + (1 - highShare) * (twoClasses() ? secondMoment(low) : 0);
    return second - meanService() * meanService();
  }

  private static double secondMoment(Distribution law) {
    double unit = Experiment.UNIT_NANOS;
    return law.variance() / unit / unit + law.mean() / unit * (law.mean() / unit);
  }

  double load() {
    return arrivalsPerUnit * batch * meanService() / servers;
  }

  /**
   * Returns how much longer the queue is than with exponential services one by one: half of one
   * plus the squared variation of the work that arrives at a time, in mean services.
   */
  double variability() {
    double mean = batch * meanService();
    double variation = batch * serviceVariance() / (mean * mean);
    return batch * meanService() * (1 + variation) / 2;
  }

  /**
   * Returns after how many jobs the station has about forgotten its past: the relaxation time of
   * M/M/1/K with this load, shortened by the servers and stretched by the variability, but not less
   * than one service, which is all that a station without a queue remembers.
   */
  double jobsToForget() {
    if (room <= servers) {
      return arrivalsPerUnit * batch;
    }
    double load = Math.min(load(), room == Integer.MAX_VALUE ? 0.995 : Double.POSITIVE_INFINITY);
    double rate = 1 + load - 2 * Math.sqrt(load) * Math.cos(Math.PI / (room + 1.0));
    double time = Math.max(1, Math.max(1, variability()) / (servers * rate));
    return arrivalsPerUnit * batch * time;
  }

  /** Returns about the work in the station when it is busy, in mean services. */
  double typicalWork() {
    double queue = Math.max(0.5, variability()) / Math.max(0.005, Math.abs(1 - load()));
    return Math.min(queue, (double) room);
  }
}
