// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.pool.spec.LoadSpec;
import org.poolsim.pool.spec.RequestSpec;
import org.poolsim.pool.spec.TimeSeries;
import org.poolsim.pool.spec.WorkloadSpec;

/** A request workload at work: clients, each with one strand for each type of request. */
final class RequestLoad implements Activity {
  private final Simulator simulator;
  private final PoolVm vm;
  private final LoadSpec load;
  private final RandomStreams streams;
  private final RandomStream arrivals;
  private final List<Program> programs = new ArrayList<>();
  private final double[] weights;
  private final MetricSeries responseTime;
  private final MetricSeries ofWorkload;
  private final Metrics metrics;
  private final StepTimes steps;
  private final List<Client> clients = new ArrayList<>();
  private final ArrayDeque<Client> idle = new ArrayDeque<>();
  private final SeriesCursor rates;
  private final Event newRate =
      new Event() {
        @Override
        protected void fire() {
          scheduleArrival();
        }
      };
  private final Event arrival =
      new Event() {
        @Override
        protected void fire() {
          arrive();
        }
      };

  RequestLoad(
      Simulator simulator,
      Pool pool,
      PoolVm vm,
      WorkloadSpec.Requests spec,
      RandomStreams streams) {
    this.simulator = simulator;
    this.vm = vm;
    this.streams = streams;
    load = spec.load();
    arrivals = streams.stream("arrivals");
    metrics = pool.metrics();
    steps = metrics.stepTimes(simulator, vm);
    responseTime = metrics.responseTime();
    ofWorkload = metrics.responseTime(spec.name());
    weights = new double[spec.requests().size()];
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      RequestSpec request = spec.requests().get(i);
      total += request.weight();
      weights[i] = total;
      programs.add(Program.of(request.steps(), vm.spec(), vm.host().cpuScale()));
    }
    rates =
        load instanceof LoadSpec.OpenTrace trace ? new SeriesCursor(trace.perSecond(), true) : null;
  }

  @Override
  public void begin() {
    if (load instanceof LoadSpec.Closed closed) {
      for (int i = 0; i < closed.clients(); i++) {
        newClient().think(closed.thinkNanos());
      }
    } else {
      scheduleArrival();
    }
  }

  @Override
  public void end() {
    simulator.cancel(arrival);
    simulator.cancel(newRate);
    clients.forEach(Client::abandon);
  }

  private Client newClient() {
    Client client = new Client(streams.stream("client/" + clients.size()));
    clients.add(client);
    return client;
  }

  private void arrive() {
    Client client = idle.poll();
    if (client == null && clients.size() < mostOutstanding()) {
      client = newClient();
    }
    if (client == null) {
      metrics.refusedRequest();
    } else {
      client.request();
    }
    scheduleArrival();
  }

  private int mostOutstanding() {
    return load instanceof LoadSpec.Open open
        ? open.mostOutstanding()
        : ((LoadSpec.OpenTrace) load).mostOutstanding();
  }

  private void scheduleArrival() {
    if (load instanceof LoadSpec.Open open) {
      simulator.scheduleAfter(arrival, open.betweenNanos().sampleNanos(arrivals));
      return;
    }
    LoadSpec.OpenTrace trace = (LoadSpec.OpenTrace) load;
    TimeSeries series = trace.perSecond();
    long nowNanos = simulator.nowNanos();
    rates.seek(nowNanos);
    double perNano = trace.scale() * series.value(Math.max(0, rates.point())) / 1e9;
    long nextNanos =
        perNano > 0 ? nowNanos + arrivals.exponentialNanos(1 / perNano) : Long.MAX_VALUE;
    long untilNanos = rates.untilNanos();
    // An exponential time has no memory: what reaches beyond the present rate is drawn anew at the
    // next.
    if (nextNanos <= untilNanos && nextNanos >= nowNanos && nextNanos != Long.MAX_VALUE) {
      simulator.schedule(arrival, nextNanos);
    } else if (untilNanos != Long.MAX_VALUE) {
      simulator.schedule(newRate, untilNanos);
    }
  }

  /** Who sends one request at a time. */
  private final class Client {
    private final RandomStream stream;
    private final Strand[] strands;
    private long sinceNanos;
    private final Event thought =
        new Event() {
          @Override
          protected void fire() {
            request();
          }
        };

    Client(RandomStream stream) {
      this.stream = stream;
      strands = new Strand[programs.size()];
      for (int i = 0; i < strands.length; i++) {
        strands[i] = new Strand(vm, programs.get(i), stream, steps, this::answered);
      }
    }

    void think(Distribution time) {
      simulator.scheduleAfter(thought, time.sampleNanos(stream));
    }

    void request() {
      sinceNanos = simulator.nowNanos();
      strands[strands.length == 1 ? 0 : stream.index(weights)].begin();
    }

    private void answered() {
      long nowNanos = simulator.nowNanos();
      responseTime.took(vm, nowNanos, nowNanos - sinceNanos);
      ofWorkload.took(vm, nowNanos, nowNanos - sinceNanos);
      if (load instanceof LoadSpec.Closed closed) {
        think(closed.thinkNanos());
      } else {
        idle.add(this);
      }
    }

    void abandon() {
      simulator.cancel(thought);
      for (Strand strand : strands) {
        strand.abandon();
      }
    }
  }
}
