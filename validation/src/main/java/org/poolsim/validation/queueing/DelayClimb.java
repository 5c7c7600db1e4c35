// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.ArrayDeque;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.station.FifoStation;
import org.poolsim.engine.station.Job;

/**
 * Waits at a station of exponential services where all servers are hardly ever busy, reached level
 * by level (multilevel splitting; Asmussen and Glynn, Stochastic Simulation, 2007, VI.9). With the
 * usual number of jobs as base: how often one more than the base is reached is seen in the plain
 * run; from each level above, how often the next job arrives before one leaves; and from the level
 * at which all servers are busy, what is waited until the base is reached again. {@link
 * Figure.Climbed} puts them together.
 *
 * <p>A level can be taken up again at any time because exponential services have no memory: what is
 * left of one that runs is distributed as a new one. The station itself is that of the product.
 */
final class DelayClimb {
  private static final double UNIT = Experiment.UNIT_NANOS;

  private final Simulator simulator = new Simulator();
  private final FifoStation station;
  private final int base;
  private final int servers;
  private final double rate;
  private final RandomStream gaps;
  private final RandomStream services;
  private final ArrayDeque<Customer> idle = new ArrayDeque<>();
  private final Event arrival =
      new Event() {
        @Override
        protected void fire() {
          enter();
          simulator.scheduleAfter(this, gaps.exponentialNanos(UNIT / rate));
        }
      };
  private int present;
  private double delayed;
  private double waits;

  DelayClimb(OpenLaw law, RandomStreams streams) {
    servers = law.servers();
    station = new FifoStation(simulator, servers);
    base = base(law);
    rate = law.arrivalsPerUnit();
    gaps = streams.stream("climb/gaps");
    services = streams.stream("climb/services");
  }

  /** Returns the number of jobs that are in the station as a rule. */
  static int base(OpenLaw law) {
    return (int) Math.floor(law.arrivalsPerUnit() * law.meanService());
  }

  /** Returns whether all servers are busy only beyond 2.5 standard deviations of the usual. */
  static boolean worthwhile(OpenLaw law) {
    double offered = law.arrivalsPerUnit() * law.meanService();
    return law.servers() - offered > 2.5 * Math.sqrt(offered);
  }

  /** Returns the number of levels between the base and all servers busy. */
  static int levels(OpenLaw law) {
    return law.servers() - 1 - base(law);
  }

  /** Tries each level {@code trials} times, and waits that are far dearer an eighth of that. */
  Batch run(int trials) {
    int excursions = trials / 8;
    int levels = servers - 1 - base;
    double[] sums = new double[levels + Figure.Climbed.OTHERS];
    double[] controls = new double[1];
    for (int i = 0; i < levels; i++) {
      int level = base + 1 + i;
      for (int trial = 0; trial < trials; trial++) {
        settle(level);
        sums[i] += arrivesFirst(level, controls) ? 1.0 / trials : 0;
      }
    }
    delayed = 0;
    waits = 0;
    double queued = 0;
    for (int excursion = 0; excursion < excursions; excursion++) {
      settle(servers);
      long startNanos = simulator.nowNanos();
      station.restart();
      simulator.scheduleAfter(arrival, gaps.exponentialNanos(UNIT / rate));
      while (present > base) {
        simulator.step();
      }
      simulator.cancel(arrival);
      double time = (simulator.nowNanos() - startNanos) / UNIT;
      queued += (station.averagePresent() - station.averageBusy()) * time;
    }
    sums[levels] = delayed / excursions;
    sums[levels + 1] = queued / excursions;
    sums[levels + 2] = waits / excursions;
    return new Batch(sums, controls, null, null);
  }

  /** Brings the station to a level: new jobs in, or jobs served without arrivals. */
  private void settle(int level) {
    while (present < level) {
      enter();
    }
    while (present > level) {
      simulator.step();
    }
  }

  /** Returns whether the next job arrives before one leaves. */
  private boolean arrivesFirst(int level, double[] controls) {
    long gapNanos = gaps.exponentialNanos(UNIT / rate);
    simulator.scheduleAfter(arrival, gapNanos);
    // The chance that none of the services ends before the arrival, by the gap that was drawn.
    double chance = rate / (rate + level);
    controls[0] += StrictMath.exp(-level * (gapNanos / UNIT)) / chance - 1;
    simulator.step();
    simulator.cancel(arrival);
    return present > level;
  }

  private void enter() {
    Customer customer = idle.isEmpty() ? new Customer(this) : idle.pop();
    customer.setServiceNanos(services.exponentialNanos(UNIT));
    present++;
    if (!station.arrive(customer)) {
      throw new IllegalStateException("there is room for all");
    }
  }

  private static final class Customer extends Job {
    private final DelayClimb climb;

    Customer(DelayClimb climb) {
      this.climb = climb;
    }

    @Override
    protected void served() {
      climb.present--;
      if (waitedNanos() > 0) {
        climb.delayed++;
        climb.waits += waitedNanos() / UNIT;
      }
      climb.idle.push(this);
    }
  }
}
