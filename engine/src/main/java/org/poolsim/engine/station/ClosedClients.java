// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.station;

import java.util.List;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.stat.Tally;

/**
 * A fixed number of clients, each in a loop: think, then visit every station of the route in turn,
 * then think again. All begin to think at the start.
 */
public final class ClosedClients {
  /** A stop of the route and the service asked for there, in nanoseconds. */
  public record Visit(Station station, Distribution serviceNanos) {}

  private final Simulator simulator;
  private final DelayStation thinking;
  private final Distribution thinkNanos;
  private final RandomStream thinkStream;
  private final Visit[] route;
  private final RandomStream[] serviceStreams;
  private final Tally responses = new Tally();

  /**
   * Creates the clients and lets them think.
   *
   * @param streams named for these clients: one stream for thinking and one per stop are drawn from
   */
  public ClosedClients(
      Simulator simulator,
      int clients,
      Distribution thinkNanos,
      List<Visit> route,
      RandomStreams streams) {
    if (route.isEmpty()) {
      throw new IllegalArgumentException("a route needs at least one stop");
    }
    this.simulator = simulator;
    this.thinkNanos = thinkNanos;
    this.route = route.toArray(new Visit[0]);
    thinking = new DelayStation(simulator);
    thinkStream = streams.stream("think");
    serviceStreams = new RandomStream[this.route.length];
    for (int i = 0; i < serviceStreams.length; i++) {
      serviceStreams[i] = streams.stream("stop-" + i);
    }
    for (int i = 0; i < clients; i++) {
      new Client(this).think();
    }
  }

  /** Returns the times from the end of thinking to the end of the route, in nanoseconds. */
  public Tally responses() {
    return responses;
  }

  private static final class Client extends Job {
    private final ClosedClients all;
    private int stop;
    private long begunNanos;

    Client(ClosedClients all) {
      this.all = all;
    }

    void think() {
      stop = -1;
      setServiceNanos(all.thinkNanos.sampleNanos(all.thinkStream));
      visit(all.thinking);
    }

    @Override
    protected void served() {
      long now = all.simulator.nowNanos();
      if (stop < 0) {
        begunNanos = now;
      }
      stop++;
      if (stop == all.route.length) {
        all.responses.add((double) (now - begunNanos));
        think();
      } else {
        Visit next = all.route[stop];
        setServiceNanos(next.serviceNanos.sampleNanos(all.serviceStreams[stop]));
        visit(next.station);
      }
    }

    private void visit(Station station) {
      if (!station.arrive(this)) {
        throw new IllegalStateException("a station of a closed loop must have room for all");
      }
    }
  }
}
