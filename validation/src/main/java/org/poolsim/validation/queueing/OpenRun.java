// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.ArrayDeque;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.stat.LatencyHistogram;
import org.poolsim.engine.stat.Tally;
import org.poolsim.engine.station.Job;
import org.poolsim.engine.station.Station;

/**
 * One replication of an open queue: Poisson arrivals, alone or in batches, of one or two classes,
 * to one station; a warm-up that is forgotten, then customers that count.
 */
final class OpenRun {
  private static final double UNIT = Experiment.UNIT_NANOS;

  /** Classes of customers: the share of class 0, and the service of each. */
  record Classes(double highShare, Distribution high, Distribution low) {
    static Classes one(Distribution service) {
      return new Classes(1, service, service);
    }
  }

  private final Simulator simulator;
  private final Station station;
  private final Runnable restartStation;
  private final Classes classes;
  private final double meanGapNanos;
  private final int batch;
  private final RandomStream gaps;
  private final RandomStream services;
  private final RandomStream kinds;
  private final ArrayDeque<Customer> idle = new ArrayDeque<>();
  private final Tally waits = new Tally();
  private final Tally highWaits = new Tally();
  private final Tally lowWaits = new Tally();
  private final Tally responses = new Tally();
  private final LatencyHistogram waitQuantiles = new LatencyHistogram(1_000, 1L << 60, 4);
  private final LatencyHistogram responseQuantiles = new LatencyHistogram(1_000, 1L << 60, 4);
  private long left;
  private long startNanos;

  OpenRun(
      Simulator simulator,
      Station station,
      Runnable restartStation,
      double batchesPerUnit,
      int batch,
      Classes classes,
      RandomStreams streams) {
    this.simulator = simulator;
    this.station = station;
    this.restartStation = restartStation;
    this.classes = classes;
    this.batch = batch;
    meanGapNanos = UNIT / batchesPerUnit;
    gaps = streams.stream("gaps");
    services = streams.stream("services");
    kinds = streams.stream("kinds");
  }

  /** Runs until {@code warmUp} and then {@code customers} more have left. */
  OpenRun run(long warmUp, long customers) {
    simulator.scheduleAfter(arrival, gaps.exponentialNanos(meanGapNanos));
    left = warmUp;
    simulator.runUntilIdle();
    restartStation.run();
    waits.reset();
    highWaits.reset();
    lowWaits.reset();
    responses.reset();
    waitQuantiles.reset();
    responseQuantiles.reset();
    startNanos = simulator.nowNanos();
    left = customers;
    simulator.runUntilIdle();
    return this;
  }

  private final Event arrival =
      new Event() {
        @Override
        protected void fire() {
          for (int i = 0; i < batch; i++) {
            Customer customer = idle.isEmpty() ? new Customer(OpenRun.this) : idle.pop();
            customer.enter();
          }
          simulator.scheduleAfter(this, gaps.exponentialNanos(meanGapNanos));
        }
      };

  double meanWait() {
    return waits.mean() / UNIT;
  }

  double highWait() {
    return highWaits.mean() / UNIT;
  }

  double lowWait() {
    return lowWaits.mean() / UNIT;
  }

  double response() {
    return responses.mean() / UNIT;
  }

  double responseVariance() {
    return responses.variance() / (UNIT * UNIT);
  }

  double waitPercentile(double percent) {
    return waitQuantiles.percentileNanos(percent) / UNIT;
  }

  double responsePercentile(double percent) {
    return responseQuantiles.percentileNanos(percent) / UNIT;
  }

  double delayedShare() {
    return 1 - waitQuantiles.toHistogram().getCountAtValue(0) / (double) waits.count();
  }

  double servedPerUnit() {
    return responses.count() / (elapsedNanos() / UNIT);
  }

  private double elapsedNanos() {
    return (double) (simulator.nowNanos() - startNanos);
  }

  private static final class Customer extends Job {
    private final OpenRun run;
    private boolean high;

    Customer(OpenRun run) {
      this.run = run;
    }

    void enter() {
      high = run.classes.highShare >= 1 || run.kinds.chance(run.classes.highShare);
      setServiceNanos((high ? run.classes.high : run.classes.low).sampleNanos(run.services));
      if (!run.station.arrive(this)) {
        run.idle.push(this);
      }
    }

    @Override
    protected int priority() {
      return high ? 0 : 1;
    }

    @Override
    protected void served() {
      long response = run.simulator.nowNanos() - arrivedNanos();
      run.waits.add((double) waitedNanos());
      (high ? run.highWaits : run.lowWaits).add((double) waitedNanos());
      run.responses.add((double) response);
      run.waitQuantiles.record(waitedNanos());
      run.responseQuantiles.record(response);
      run.idle.push(this);
      if (--run.left == 0) {
        run.simulator.stop();
      }
    }
  }
}
