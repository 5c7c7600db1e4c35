// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.ArrayList;
import java.util.List;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.station.DelayStation;
import org.poolsim.engine.station.ForkedJob;

/** Closed networks, fork and join, and maxima. */
final class OtherTables {
  private static final double UNIT = Experiment.UNIT_NANOS;
  private static final double MILLISECOND = 1e6;
  private static final int FEWEST = 4;
  private static final double MOST_CYCLES = 60e6;
  private static final double NARROW_LOAD = 0.9;

  private OtherTables() {}

  /** Machine repair: c servers, N clients with exponential think time and service. */
  static Experiment finiteSource(int servers, int clients, double think) {
    ClosedNetwork network =
        new ClosedNetwork(new double[] {1}, new int[] {servers}, think, clients, UNIT);
    return closed(
        network,
        List.of(
            new Figure.Ratio("X", ClosedRun.CYCLES, ClosedRun.TIME),
            new Figure.Ratio("L", ClosedRun.STATIONS, ClosedRun.TIME),
            new Figure.Ratio("W", ClosedRun.RESPONSE, ClosedRun.CYCLES),
            new Figure.Ratio("util", ClosedRun.STATIONS + 1, ClosedRun.TIME)));
  }

  /** A closed product-form network, times in milliseconds; figures X, R, Q and U. */
  static Experiment meanValue(double[] demands, int[] servers, double think, int clients) {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure.Ratio("X", ClosedRun.CYCLES, ClosedRun.TIME));
    figures.add(new Figure.Ratio("R", ClosedRun.RESPONSE, ClosedRun.CYCLES));
    for (int i = 0; i < demands.length; i++) {
      figures.add(new Figure.Ratio("Q/" + i, ClosedRun.STATIONS + 2 * i, ClosedRun.TIME));
    }
    for (int i = 0; i < demands.length; i++) {
      figures.add(new Figure.Ratio("U/" + i, ClosedRun.STATIONS + 2 * i + 1, ClosedRun.TIME));
    }
    return closed(new ClosedNetwork(demands, servers, think, clients, MILLISECOND), figures);
  }

  private static Experiment closed(ClosedNetwork network, List<Figure> figures) {
    int batches = 16;
    double length = 10_000 * network.timePerCycle();
    double warmUp = 2_000 * network.timePerCycle() + 20 * network.cycle();
    int most = (int) (MOST_CYCLES / (10_000 * batches));
    return new Experiment(
        figures,
        FEWEST,
        most,
        10_000.0 * batches,
        streams -> new ClosedRun(network, streams).run(warmUp, batches, length));
  }

  /** Poisson arrivals of jobs with one exponential task on each of n queues. */
  static Experiment forkJoin(int branches, double rho) {
    boolean narrow = rho <= NARROW_LOAD + 1e-9;
    double memory = rho / Math.pow(1 - Math.sqrt(rho), 2);
    long length = Math.max(4_000, (long) ((narrow ? 20 : 5) * memory));
    int batches = narrow ? 32 : 16;
    int fewest = narrow ? FEWEST : 2;
    double most = (narrow ? 120e6 : 15e6) / ((double) batches * length * branches);
    return new Experiment(
        List.of(
            new Figure.Ratio("W", ForkJoinRun.RESPONSE, ForkJoinRun.JOBS),
            new Figure.Ratio("W_single", ForkJoinRun.FIRST_PRESENT, ForkJoinRun.FIRST_TIME)),
        fewest,
        (int) Math.max(fewest, most),
        (double) batches * length,
        streams ->
            new ForkJoinRun(branches, rho, streams).run((long) (10 * memory), batches, length));
  }

  /** A fork to n delays: the response is the largest of n draws. */
  static Experiment maximum(int count, Distribution law) {
    int batches = 16;
    return new Experiment(
        List.of(new Figure.Ratio("mean_max", 1, 0)),
        FEWEST,
        100,
        2_000.0 * batches,
        streams -> {
          List<Batch> taken = new ArrayList<>();
          RandomStream draws = streams.stream("draws");
          for (int i = 0; i < batches; i++) {
            taken.add(maxima(count, law, draws, 2_000));
          }
          return taken;
        });
  }

  private static Batch maxima(int count, Distribution law, RandomStream draws, int jobs) {
    Simulator simulator = new Simulator();
    DelayStation delay = new DelayStation(simulator);
    List<DelayStation> branches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      branches.add(delay);
    }
    double[] sums = new double[2];
    double[] controls = new double[1];
    new ForkedJob(simulator, branches) {
      @Override
      protected long serviceNanos(int branch) {
        long nanos = law.sampleNanos(draws);
        controls[0] += (nanos - law.mean()) / UNIT;
        return nanos;
      }

      @Override
      protected void joined(long responseNanos) {
        sums[0]++;
        sums[1] += responseNanos / UNIT;
        if (sums[0] < jobs) {
          fork();
        }
      }
    }.fork();
    simulator.runUntilIdle();
    return new Batch(sums, controls, null, null);
  }
}
