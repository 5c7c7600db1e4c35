// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.station.ClosedClients;
import org.poolsim.engine.station.DelayStation;
import org.poolsim.engine.station.FifoStation;
import org.poolsim.engine.station.Job;
import org.poolsim.engine.station.ServerStation;
import org.poolsim.engine.station.Station;

/**
 * One replication of a closed network: clients that think, visit each station in turn with an
 * exponential service, and think again. Control variates: the services drawn at each station less
 * their mean, as they are and times the number of jobs that the job finds there.
 */
final class ClosedRun {
  /** Sums: time, cycles done, their responses; then jobs present and busy servers by station. */
  static final int TIME = 0;

  static final int CYCLES = 1;
  static final int RESPONSE = 2;
  static final int STATIONS = 3;

  private final Simulator simulator = new Simulator();
  private final ClosedNetwork network;
  private final List<ServerStation> stations = new ArrayList<>();
  private final double[] controls;
  private final ClosedClients clients;

  ClosedRun(ClosedNetwork network, RandomStreams streams) {
    this.network = network;
    int count = network.stations();
    controls = new double[2 * count];
    List<ClosedClients.Visit> route = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int servers = network.servers(i);
      ServerStation station =
          servers == 0 ? new DelayStation(simulator) : new FifoStation(simulator, servers);
      stations.add(station);
      double mean = network.demand(i) * network.unitNanos();
      route.add(
          new ClosedClients.Visit(
              new Watched(station, mean, controls, 2 * i),
              mean == 0 ? Distribution.constant(0) : Distribution.exponential(mean)));
    }
    double think = network.think() * network.unitNanos();
    clients =
        new ClosedClients(
            simulator,
            network.clients(),
            think == 0 ? Distribution.constant(0) : Distribution.exponential(think),
            route,
            streams);
  }

  /** Runs over a warm-up and {@code batches} batches; times in the unit of the network. */
  List<Batch> run(double warmUp, int batches, double length) {
    advance(warmUp);
    take(warmUp);
    List<Batch> taken = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      advance(length);
      taken.add(take(length));
    }
    return taken;
  }

  private void advance(double time) {
    simulator.runUntil(simulator.nowNanos() + Math.round(time * network.unitNanos()));
  }

  private Batch take(double time) {
    double[] sums = new double[STATIONS + 2 * stations.size()];
    sums[TIME] = time;
    sums[CYCLES] = (double) clients.responses().count();
    sums[RESPONSE] = sums[CYCLES] == 0 ? 0 : clients.responses().sum() / network.unitNanos();
    clients.responses().reset();
    for (int i = 0; i < stations.size(); i++) {
      ServerStation station = stations.get(i);
      sums[STATIONS + 2 * i] = station.averagePresent() * time;
      sums[STATIONS + 2 * i + 1] = station.averageBusy() * time / Math.max(1, network.servers(i));
      station.restart();
    }
    Batch batch = new Batch(sums, controls.clone(), null, null);
    Arrays.fill(controls, 0);
    return batch;
  }

  /** Looks at what a job asks for on its way into a station. */
  private static final class Watched implements Station {
    private final ServerStation inner;
    private final double meanNanos;
    private final double[] controls;
    private final int at;

    Watched(ServerStation inner, double meanNanos, double[] controls, int at) {
      this.inner = inner;
      this.meanNanos = meanNanos;
      this.controls = controls;
      this.at = at;
    }

    @Override
    public boolean arrive(Job job) {
      double excess = meanNanos == 0 ? 0 : job.serviceNanos() / meanNanos - 1;
      controls[at] += excess;
      controls[at + 1] += excess * (inner.waiting() + inner.serving());
      return inner.arrive(job);
    }
  }
}
