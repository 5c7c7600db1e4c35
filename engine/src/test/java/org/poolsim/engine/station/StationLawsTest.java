// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.stat.BatchMeans;
import org.poolsim.engine.stat.ConfidenceInterval;
import org.poolsim.engine.stat.Tally;

/** Long runs against the laws that the package states; the seeds are fixed. */
class StationLawsTest {
  private static final double UNIT = 1e6;
  private static final double CONFIDENCE = 0.999;

  /** Poisson arrivals of two classes of jobs, with the response of each. */
  private static final class Arrivals {
    private final Simulator simulator;
    private final Station station;
    private final double[] weights;
    private final RandomStream gaps;
    private final RandomStream services;
    private final RandomStream kinds;
    private final double gap;
    private final double firstShare;
    private final Distribution[] laws;
    private final ArrayDeque<Customer> idle = new ArrayDeque<>();
    private final BatchMeans[] responses = {new BatchMeans(20), new BatchMeans(20)};
    private final BatchMeans[] waits = {new BatchMeans(20), new BatchMeans(20)};
    private int left;

    Arrivals(
        Simulator simulator,
        Station station,
        double perUnit,
        double firstShare,
        double[] weights,
        Distribution... laws) {
      this.simulator = simulator;
      this.station = station;
      this.firstShare = firstShare;
      this.weights = weights;
      this.laws = laws;
      gap = UNIT / perUnit;
      RandomStreams streams = new RandomStreams(21);
      gaps = streams.stream("gaps");
      services = streams.stream("services");
      kinds = streams.stream("kinds");
    }

    void run(int jobs) {
      left = jobs;
      simulator.schedule(
          new Event() {
            @Override
            protected void fire() {
              Customer customer = idle.isEmpty() ? new Customer(Arrivals.this) : idle.pop();
              customer.enter();
              simulator.scheduleAfter(this, gaps.exponentialNanos(gap));
            }
          },
          0);
      simulator.runUntilIdle();
    }

    ConfidenceInterval response(int kind) {
      return responses[kind].interval(CONFIDENCE);
    }

    ConfidenceInterval waited(int kind) {
      return waits[kind].interval(CONFIDENCE);
    }

    private static final class Customer extends Job {
      private final Arrivals all;
      private int kind;

      Customer(Arrivals all) {
        this.all = all;
      }

      void enter() {
        kind = all.kinds.chance(all.firstShare) ? 0 : 1;
        setServiceNanos(all.laws[kind].sampleNanos(all.services));
        all.station.arrive(this);
      }

      @Override
      protected int priority() {
        return kind;
      }

      @Override
      protected double weight() {
        return all.weights[kind];
      }

      @Override
      protected void served() {
        all.responses[kind].add((all.simulator.nowNanos() - arrivedNanos()) / UNIT);
        all.waits[kind].add(waitedNanos() / UNIT);
        all.idle.push(this);
        if (--all.left == 0) {
          all.simulator.stop();
        }
      }
    }
  }

  @Test
  void weightedSharingOfTwoClassesFollowsFayolleMitraniAndIasnogorodski() {
    // Services of mean 1 and 2, half of the jobs each, load 0.75, weights 3 and 1.
    Simulator simulator = new Simulator();
    SharingStation station = new SharingStation(simulator);
    Arrivals arrivals =
        new Arrivals(
            simulator,
            station,
            0.5,
            0.5,
            new double[] {3, 1},
            Distribution.exponential(UNIT),
            Distribution.exponential(2 * UNIT));
    arrivals.run(400_000);
    double rho1 = 0.25;
    double rho2 = 0.5;
    double mu1 = 1;
    double mu2 = 0.5;
    double d = mu1 * 3 * (1 - rho1) + mu2 * 1 * (1 - rho2);
    double first = 1 / (mu1 * (1 - 0.75)) * (1 + mu1 * rho2 * (1 - 3) / d);
    double second = 1 / (mu2 * (1 - 0.75)) * (1 + mu2 * rho1 * (3 - 1) / d);
    assertThat(arrivals.response(0).contains(first)).as(arrivals.response(0) + "").isTrue();
    assertThat(arrivals.response(1).contains(second)).as(arrivals.response(1) + "").isTrue();
    assertThat(arrivals.response(0).relativeHalfWidth()).isLessThan(0.05);
  }

  @Test
  void sharingIsIndifferentToTheLawOfTheService() {
    // Constant service 1 and load 0.8: 1 / (1 - 0.8), as with any other law of this mean.
    Simulator simulator = new Simulator();
    Arrivals arrivals =
        new Arrivals(
            simulator,
            new SharingStation(simulator),
            0.8,
            1,
            new double[] {1, 1},
            Distribution.constant(UNIT));
    arrivals.run(300_000);
    assertThat(arrivals.response(0).contains(5)).as(arrivals.response(0) + "").isTrue();
    assertThat(arrivals.response(0).relativeHalfWidth()).isLessThan(0.08);
  }

  @Test
  void priorityWithSeveralServersFollowsCobham() {
    // M/M/2, load 0.8, equal shares: Wq(k) = C / (c mu (1 - s(k-1)) (1 - s(k))), C = Erlang's
    // 0.7111.
    Simulator simulator = new Simulator();
    Arrivals arrivals =
        new Arrivals(
            simulator,
            new PriorityStation(simulator, 2, 2),
            1.6,
            0.5,
            new double[] {1, 1},
            Distribution.exponential(UNIT),
            Distribution.exponential(UNIT));
    arrivals.run(400_000);
    double delayed = 0.711111111111111;
    double high = delayed / (2 * (1 - 0.4));
    double low = delayed / (2 * (1 - 0.4) * (1 - 0.8));
    assertThat(arrivals.waited(0).contains(high)).as(arrivals.waited(0) + "").isTrue();
    assertThat(arrivals.waited(1).contains(low)).as(arrivals.waited(1) + "").isTrue();
    assertThat(arrivals.waited(0).relativeHalfWidth()).isLessThan(0.05);
  }

  @Test
  void anUnlimitedBatchOfConstantServiceHoldsAsManyJobsAsCounted() {
    Simulator simulator = new Simulator();
    BatchStation station = new BatchStation(simulator, 64);
    Arrivals arrivals =
        new Arrivals(simulator, station, 1.5, 1, new double[] {1, 1}, Distribution.constant(UNIT));
    arrivals.run(300_000);
    double r = 1.5;
    double none = Math.exp(-r);
    double present = (r + none + r / 2) / (1 + none / r);
    assertThat(arrivals.response(0).contains(present / r)).as(arrivals.response(0) + "").isTrue();
    assertThat(station.averagePresent() / present).isBetween(0.99, 1.01);
    assertThatThrownBy(() -> new BatchStation(simulator, 0)).hasMessageContaining("not 0");
  }

  @Test
  void commonRandomNumbersNarrowTheComparisonOfTwoPolicies() {
    // One fast server against two of half its speed, fed with the same arrivals and the same work.
    Tally apart = new Tally();
    double[] one = new double[10];
    double[] two = new double[10];
    double[] other = new double[10];
    for (int replication = 0; replication < one.length; replication++) {
      one[replication] = meanResponse(1, 0.5, replication);
      two[replication] = meanResponse(2, 1, replication);
      other[replication] = meanResponse(2, 1, 100 + replication);
      apart.add(one[replication] - other[replication]);
    }
    ConfidenceInterval paired = ConfidenceInterval.ofPairedDifference(one, two, 0.95);
    ConfidenceInterval unpaired = ConfidenceInterval.ofMean(apart, 0.95);
    // Theory at load 0.8: 2.5 against 2.7778.
    assertThat(paired.contains(2.5 - 2.77777777777778)).as(paired + "").isTrue();
    assertThat(paired.contains(0)).isFalse();
    assertThat(paired.halfWidth()).isLessThan(unpaired.halfWidth() / 3);
  }

  private static double meanResponse(int servers, double serviceMean, int replication) {
    Simulator simulator = new Simulator();
    FifoStation station = new FifoStation(simulator, servers);
    RandomStreams streams = new RandomStreams(22).replication(replication);
    RandomStream gaps = streams.stream("gaps");
    RandomStream services = streams.stream("services");
    Tally responses = new Tally();
    simulator.schedule(
        new Event() {
          @Override
          protected void fire() {
            Job job =
                new Job() {
                  @Override
                  protected void served() {
                    responses.add((simulator.nowNanos() - arrivedNanos()) / UNIT);
                  }
                };
            job.setServiceNanos(services.exponentialNanos(serviceMean * UNIT));
            station.arrive(job);
            simulator.scheduleAfter(this, gaps.exponentialNanos(UNIT / 1.6));
          }
        },
        0);
    simulator.runUntil((long) (20_000 * UNIT));
    return responses.mean();
  }
}
