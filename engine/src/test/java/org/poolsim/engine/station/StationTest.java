// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStreams;

class StationTest {
  private final Simulator simulator = new Simulator();
  private final List<String> log = new ArrayList<>();

  private final class Named extends Job {
    private final String name;
    private final int priority;
    private final double weight;

    Named(String name, long serviceNanos, int priority, double weight) {
      this.name = name;
      this.priority = priority;
      this.weight = weight;
      setServiceNanos(serviceNanos);
    }

    @Override
    protected int priority() {
      return priority;
    }

    @Override
    protected double weight() {
      return weight;
    }

    @Override
    protected void served() {
      log.add(name + "@" + simulator.nowNanos());
    }
  }

  private Named job(String name, long serviceNanos) {
    return new Named(name, serviceNanos, 0, 1);
  }

  private void arriveAt(long timeNanos, Station station, Job job) {
    simulator.schedule(
        new Event() {
          @Override
          protected void fire() {
            if (!station.arrive(job)) {
              log.add("lost@" + simulator.nowNanos());
            }
          }
        },
        timeNanos);
  }

  @Test
  void firstComeFirstServedByTwoServers() {
    FifoStation station = new FifoStation(simulator, 2);
    arriveAt(0, station, job("a", 100));
    arriveAt(0, station, job("b", 30));
    arriveAt(10, station, job("c", 50));
    arriveAt(20, station, job("d", 5));
    simulator.runUntilIdle();
    assertThat(log).containsExactly("b@30", "c@80", "d@85", "a@100");
    // Busy: 100 + 30 + 50 + 5 over 100 ns; present: 100 + 30 + 70 + 65.
    assertThat(station.averageBusy()).isEqualTo(1.85);
    assertThat(station.averagePresent()).isEqualTo(2.65);
  }

  @Test
  void whatFindsNoRoomIsLost() {
    FifoStation station = new FifoStation(simulator, 1, 2);
    arriveAt(0, station, job("a", 10));
    arriveAt(1, station, job("b", 10));
    arriveAt(2, station, job("c", 10));
    simulator.runUntilIdle();
    assertThat(log).containsExactly("lost@2", "a@10", "b@20");
    assertThat(station.lost()).isEqualTo(1);
    assertThat(station.arrived()).isEqualTo(3);
  }

  @Test
  void aLowerClassGoesFirstAndNeverInterrupts() {
    PriorityStation station = new PriorityStation(simulator, 1, 3);
    arriveAt(0, station, new Named("low", 10, 2, 1));
    arriveAt(1, station, new Named("low2", 10, 2, 1));
    arriveAt(2, station, new Named("middle", 10, 1, 1));
    arriveAt(3, station, new Named("high", 10, 0, 1));
    arriveAt(4, station, new Named("high2", 10, 0, 1));
    simulator.runUntilIdle();
    assertThat(log).containsExactly("low@10", "high@20", "high2@30", "middle@40", "low2@50");
  }

  @Test
  void sharesFollowTheWeights() {
    SharingStation station = new SharingStation(simulator);
    arriveAt(0, station, new Named("a", 300, 0, 3));
    arriveAt(0, station, new Named("b", 200, 0, 1));
    // a has 3/4 until 400; b got 100 by then and runs alone until 500.
    simulator.runUntilIdle();
    assertThat(log).containsExactly("a@400", "b@500");
    assertThat(station.averagePresent()).isEqualTo(1.8);
    assertThatThrownBy(() -> station.arrive(new Named("c", 1, 0, 0)))
        .hasMessageContaining("weight must be positive");
  }

  @Test
  void anArrivalSlowsTheOthersDown() {
    SharingStation station = new SharingStation(simulator);
    arriveAt(0, station, job("a", 100));
    arriveAt(50, station, job("b", 20));
    simulator.runUntilIdle();
    assertThat(log).containsExactly("b@90", "a@120");
  }

  @Test
  void aBatchTakesWhoWaitsAndLastsAsLongAsItsLongest() {
    BatchStation station = new BatchStation(simulator, 2);
    arriveAt(0, station, job("a", 10));
    arriveAt(1, station, job("b", 5));
    arriveAt(2, station, job("c", 20));
    arriveAt(3, station, job("d", 1));
    simulator.runUntilIdle();
    assertThat(log).containsExactly("a@10", "b@30", "c@30", "d@31");
  }

  @Test
  void aForkIsJoinedWithItsLastTask() {
    List<FifoStation> mirrors =
        List.of(new FifoStation(simulator, 1), new FifoStation(simulator, 1));
    ForkedJob write =
        new ForkedJob(simulator, mirrors) {
          @Override
          protected long serviceNanos(int branch) {
            return branch == 0 ? 10 : 25;
          }

          @Override
          protected void joined(long responseNanos) {
            log.add("joined after " + responseNanos);
          }
        };
    write.fork();
    assertThatThrownBy(write::fork).hasMessage("2 tasks are still running");
    simulator.runUntilIdle();
    write.fork();
    simulator.runUntilIdle();
    assertThat(log).containsExactly("joined after 25", "joined after 25");
  }

  @Test
  void closedClientsReachTheThroughputOfMeanValueAnalysis() {
    // 8 clients, think 1, one server of mean 1: X = 0.999990875995657 (machine repair model).
    FifoStation station = new FifoStation(simulator, 1);
    ClosedClients clients =
        new ClosedClients(
            simulator,
            8,
            Distribution.exponential(1e6),
            List.of(new ClosedClients.Visit(station, Distribution.exponential(1e6))),
            new RandomStreams(3));
    simulator.runUntil(100_000_000_000L);
    assertThat(clients.responses().count() / 1e5).isCloseTo(1, within(0.015));
    assertThat(clients.responses().mean() / 1e6).isCloseTo(7.00007, within(0.15));
    assertThat(station.averageBusy()).isCloseTo(1, within(0.001));
  }

  @Test
  void anOpenQueueWaitsAsLongAsPollaczekAndKhinchineSay() {
    // M/M/1 at load 0.9, one seed of 400,000 customers: mean wait 9, standard deviation 0.3.
    FifoStation station = new FifoStation(simulator, 1);
    RandomStreams streams = new RandomStreams(11);
    var gaps = streams.stream("gaps");
    var services = streams.stream("services");
    simulator.schedule(
        new Event() {
          @Override
          protected void fire() {
            station.arrive(job("", services.exponentialNanos(1e6)));
            simulator.scheduleAfter(this, gaps.exponentialNanos(1e6 / 0.9));
          }
        },
        0);
    simulator.runUntil((long) (400_000 / 0.9 * 1e6));
    double waiting = station.averagePresent() - station.averageBusy();
    assertThat(waiting / 0.9).isCloseTo(9, within(1.2));
  }
}
