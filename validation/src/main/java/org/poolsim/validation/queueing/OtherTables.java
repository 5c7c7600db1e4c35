// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.stat.Tally;
import org.poolsim.engine.station.ClosedClients;
import org.poolsim.engine.station.DelayStation;
import org.poolsim.engine.station.FifoStation;
import org.poolsim.engine.station.ForkedJob;
import org.poolsim.engine.station.ServerStation;

/** Closed networks, fork and join, and maxima. */
final class OtherTables {
  private static final double UNIT = Experiment.UNIT_NANOS;
  private static final double MILLISECOND = 1e6;

  private OtherTables() {}

  /** Machine repair: c servers, N clients with exponential think time and service. */
  static Experiment finiteSource(int servers, int clients, double think) {
    return new Experiment(
        List.of("X", "L", "W", "util"),
        0,
        streams -> {
          double[] figures =
              closed(new double[] {1}, new int[] {servers}, think, clients, UNIT, streams);
          return new double[] {figures[0], figures[2], figures[1], figures[3]};
        });
  }

  /** A closed product-form network; figures X, R, then Q and U of each station. */
  static Experiment meanValue(double[] demands, int[] servers, double think, int clients) {
    List<String> figures = new ArrayList<>(List.of("X", "R"));
    for (int i = 0; i < demands.length; i++) {
      figures.add("Q/" + i);
    }
    for (int i = 0; i < demands.length; i++) {
      figures.add("U/" + i);
    }
    return new Experiment(
        figures, 0, streams -> closed(demands, servers, think, clients, MILLISECOND, streams));
  }

  private static double[] closed(
      double[] demands,
      int[] servers,
      double think,
      int clients,
      double unitNanos,
      RandomStreams streams) {
    Simulator simulator = new Simulator();
    List<ServerStation> stations = new ArrayList<>();
    List<ClosedClients.Visit> route = new ArrayList<>();
    double cycle = think;
    double slowest = think / clients;
    for (int i = 0; i < demands.length; i++) {
      ServerStation station =
          servers[i] == 0 ? new DelayStation(simulator) : new FifoStation(simulator, servers[i]);
      stations.add(station);
      route.add(new ClosedClients.Visit(station, Distribution.exponential(demands[i] * unitNanos)));
      cycle += demands[i];
      slowest = Math.max(slowest, servers[i] == 0 ? 0 : demands[i] / servers[i]);
    }
    Distribution thinking =
        think == 0 ? Distribution.constant(0) : Distribution.exponential(think * unitNanos);
    ClosedClients all = new ClosedClients(simulator, clients, thinking, route, streams);
    double fastestCycle = Math.max(slowest, cycle / clients);
    long warmUp = (long) (2_000 * fastestCycle * unitNanos + 20 * cycle * unitNanos);
    long length = (long) (20_000 * fastestCycle * unitNanos);
    simulator.runUntil(warmUp);
    all.responses().reset();
    stations.forEach(ServerStation::restart);
    simulator.runUntil(warmUp + length);
    double[] figures = new double[2 + 2 * demands.length];
    figures[0] = all.responses().count() / (length / unitNanos);
    figures[1] = all.responses().mean() / unitNanos;
    for (int i = 0; i < demands.length; i++) {
      figures[2 + i] = stations.get(i).averagePresent();
      figures[2 + demands.length + i] = stations.get(i).averageBusy() / Math.max(1, servers[i]);
    }
    return figures;
  }

  /** Poisson arrivals of jobs with one exponential task on each of n queues. */
  static Experiment forkJoin(int branches, double rho) {
    double forget = 1 / Math.pow(1 - Math.sqrt(rho), 2);
    long jobs = Math.max(50_000, (long) (20 * forget));
    return new Experiment(
        List.of("W"),
        rho,
        streams -> {
          Simulator simulator = new Simulator();
          List<FifoStation> stations = new ArrayList<>();
          for (int i = 0; i < branches; i++) {
            stations.add(new FifoStation(simulator, 1));
          }
          RandomStream gaps = streams.stream("gaps");
          RandomStream services = streams.stream("services");
          Tally responses = new Tally();
          ArrayDeque<ForkedJob> idle = new ArrayDeque<>();
          simulator.schedule(
              new Event() {
                @Override
                protected void fire() {
                  ForkedJob job = idle.isEmpty() ? forked() : idle.pop();
                  job.fork();
                  simulator.scheduleAfter(this, gaps.exponentialNanos(UNIT / rho));
                }

                private ForkedJob forked() {
                  return new ForkedJob(simulator, stations) {
                    @Override
                    protected long serviceNanos(int branch) {
                      return services.exponentialNanos(UNIT);
                    }

                    @Override
                    protected void joined(long responseNanos) {
                      responses.add((double) responseNanos);
                      idle.push(this);
                    }
                  };
                }
              },
              0);
          simulator.runUntil((long) (jobs * 0.2 / rho * UNIT));
          responses.reset();
          simulator.runUntil((long) (jobs * 1.2 / rho * UNIT));
          return new double[] {responses.mean() / UNIT};
        });
  }

  /** A fork to n delays: the response is the largest of n draws. */
  static Experiment maximum(int count, Distribution law) {
    return new Experiment(
        List.of("mean_max"),
        0,
        streams -> {
          Simulator simulator = new Simulator();
          DelayStation delay = new DelayStation(simulator);
          List<DelayStation> branches = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            branches.add(delay);
          }
          RandomStream draws = streams.stream("draws");
          Tally responses = new Tally();
          ForkedJob job =
              new ForkedJob(simulator, branches) {
                @Override
                protected long serviceNanos(int branch) {
                  return law.sampleNanos(draws);
                }

                @Override
                protected void joined(long responseNanos) {
                  responses.add((double) responseNanos);
                  if (responses.count() < 5_000) {
                    fork();
                  }
                }
              };
          job.fork();
          simulator.runUntilIdle();
          return new double[] {responses.mean() / UNIT};
        });
  }
}
