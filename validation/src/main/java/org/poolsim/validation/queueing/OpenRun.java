// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.station.FifoStation;
import org.poolsim.engine.station.Job;
import org.poolsim.engine.station.PriorityStation;
import org.poolsim.engine.station.ServerStation;
import org.poolsim.engine.station.SharingStation;
import org.poolsim.engine.station.Station;

/**
 * One replication of an open station: Poisson arrivals, alone or in batches, of one or two classes;
 * a warm-up that is forgotten, then batches of a fixed number of arrivals.
 */
final class OpenRun {
  private static final double UNIT = Experiment.UNIT_NANOS;

  private final Simulator simulator = new Simulator();
  private final OpenLaw law;
  private final Station station;
  private final RandomStream gaps;
  private final RandomStream services;
  private final RandomStream kinds;
  private final Controls controls;
  private final double meanGap;
  private final double meanWork;
  private final double meanWorkSquared;
  private final double median;
  private final int base;
  private final ArrayDeque<Customer> idle = new ArrayDeque<>();
  private final double[] sums = new double[Total.COUNT];
  private Times waits = new Times();
  private Times responses = new Times();
  private double work;
  private int present;
  private int highPresent;
  private long arrivalsLeft;
  private long startNanos;

  /**
   * Creates the run.
   *
   * @param manyControls whether there will be batches enough for all controls
   */
  OpenRun(OpenLaw law, boolean manyControls, RandomStreams streams) {
    this.law = law;
    station =
        switch (law.discipline()) {
          case FIFO -> new FifoStation(simulator, law.servers(), law.room());
          case PRIORITY -> new PriorityStation(simulator, law.servers(), 2);
          case SHARING -> new SharingStation(simulator);
        };
    gaps = streams.stream("gaps");
    services = streams.stream("services");
    kinds = streams.stream("kinds");
    controls = new Controls(law.typicalWork(), law.servers(), law.twoClasses(), manyControls);
    meanGap = 1 / law.arrivalsPerUnit();
    meanWork = law.batch() * law.meanService();
    meanWorkSquared = law.batch() * law.serviceVariance() + meanWork * meanWork;
    base = DelayClimb.base(law);
    median = law.meanService() * 0.7;
  }

  /** Runs over a warm-up and {@code batches} batches of {@code length} arrivals. */
  List<Batch> run(long warmUp, int batches, long length) {
    simulator.scheduleAfter(arrival, gaps.exponentialNanos(meanGap * UNIT));
    advance(warmUp);
    take();
    List<Batch> taken = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      advance(length);
      taken.add(take());
    }
    return taken;
  }

  private void advance(long arrivals) {
    arrivalsLeft = arrivals;
    simulator.runUntilIdle();
  }

  private Batch take() {
    double time = (simulator.nowNanos() - startNanos) / UNIT;
    startNanos = simulator.nowNanos();
    set(Total.TIME, time);
    if (station instanceof ServerStation servers) {
      set(Total.PRESENT, servers.averagePresent() * time);
      set(Total.QUEUED, (servers.averagePresent() - servers.averageBusy()) * time);
      set(Total.IDLE, (law.servers() - servers.averageBusy()) * time);
      set(Total.ARRIVED, (double) servers.arrived());
      set(Total.LOST, (double) servers.lost());
      servers.restart();
    } else if (station instanceof SharingStation sharing) {
      set(Total.PRESENT, sharing.averagePresent() * time);
      sharing.restart();
    }
    Batch batch = new Batch(sums.clone(), controls.take(), waits, responses);
    Arrays.fill(sums, 0);
    waits = new Times();
    responses = new Times();
    return batch;
  }

  private void set(Total total, double value) {
    sums[total.ordinal()] = value;
  }

  private void add(Total total, double value) {
    sums[total.ordinal()] += value;
  }

  private final Event arrival =
      new Event() {
        @Override
        protected void fire() {
          arrive();
          if (--arrivalsLeft == 0) {
            simulator.stop();
          }
        }
      };

  private void arrive() {
    if (present == base) {
      add(Total.FOUND_BASE, 1);
    }
    controls.found(work, present, highPresent);
    double brought = 0;
    double high = 0;
    boolean lost = false;
    for (int i = 0; i < law.batch(); i++) {
      Customer customer = idle.isEmpty() ? new Customer(this) : idle.pop();
      if (customer.enter()) {
        brought += customer.serviceNanos() / UNIT;
        high += customer.high ? 1 : 0;
      } else {
        lost = true;
        idle.push(customer);
      }
    }
    long gapNanos = gaps.exponentialNanos(meanGap * UNIT);
    double gap = gapNanos / UNIT;
    // A job that finds no room has no service: it says nothing of the services of those that do.
    controls.drawn(
        lost ? 0 : brought - meanWork,
        lost ? 0 : brought * brought - meanWorkSquared,
        gap - meanGap,
        gap * gap - 2 * meanGap * meanGap,
        high - law.batch() * law.highShare());
    work = Math.max(0, work + brought - gap * law.servers());
    simulator.scheduleAfter(arrival, gapNanos);
  }

  private void left(Customer customer) {
    double service = customer.serviceNanos() / UNIT;
    long waitNanos = customer.waitedNanos();
    long responseNanos = simulator.nowNanos() - customer.arrivedNanos();
    double wait = waitNanos / UNIT;
    double response = responseNanos / UNIT;
    present--;
    add(Total.SERVED, 1);
    add(Total.WAIT, wait);
    add(Total.RESPONSE, response);
    add(Total.RESPONSE_SQUARED, response * response);
    if (waitNanos > 0) {
      add(Total.DELAYED, 1);
    }
    if (law.twoClasses()) {
      highPresent -= customer.high ? 1 : 0;
      add(customer.high ? Total.HIGH : Total.LOW, 1);
      add(customer.high ? Total.HIGH_WAIT : Total.LOW_WAIT, wait);
    } else if (law.discipline() == OpenLaw.Discipline.SHARING) {
      boolean small = service <= median;
      add(small ? Total.SMALL : Total.LARGE, service);
      add(small ? Total.SMALL_SLOWDOWN : Total.LARGE_SLOWDOWN, response);
    } else {
      waits.add(waitNanos);
      responses.add(responseNanos);
    }
    idle.push(customer);
  }

  private static final class Customer extends Job {
    private final OpenRun run;
    private boolean high;

    Customer(OpenRun run) {
      this.run = run;
    }

    boolean enter() {
      OpenLaw law = run.law;
      high = !law.twoClasses() || run.kinds.chance(law.highShare());
      setServiceNanos((high ? law.high() : law.low()).sampleNanos(run.services));
      if (!run.station.arrive(this)) {
        return false;
      }
      run.present++;
      run.highPresent += high ? 1 : 0;
      return true;
    }

    @Override
    protected int priority() {
      return high ? 0 : 1;
    }

    @Override
    protected void served() {
      run.left(this);
    }
  }
}
