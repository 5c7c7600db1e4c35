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
import org.poolsim.engine.station.ForkedJob;

/**
 * One replication of a fork-join queue: Poisson arrivals of jobs with one exponential task on each
 * of n single servers. Its control variates are those of {@link Controls}, with the work that an
 * arrival finds on each branch.
 */
final class ForkJoinRun {
  /** Sums: jobs done, their responses, tasks on the first branch, their time in it. */
  static final int JOBS = 0;

  static final int RESPONSE = 1;
  static final int FIRST_TIME = 2;
  static final int FIRST_PRESENT = 3;

  private static final double UNIT = Experiment.UNIT_NANOS;
  private static final int CONTROLS = 15;

  private final Simulator simulator = new Simulator();
  private final List<FifoStation> stations = new ArrayList<>();
  private final RandomStream gaps;
  private final RandomStream services;
  private final double meanGap;
  private final double scale;
  private final double[] work;
  private final double[] drawn;
  private final double[] sums = new double[4];
  private final double[] controls = new double[CONTROLS];
  private final ArrayDeque<ForkedJob> idle = new ArrayDeque<>();
  private long arrivalsLeft;
  private long startNanos;

  ForkJoinRun(int branches, double rho, RandomStreams streams) {
    for (int i = 0; i < branches; i++) {
      stations.add(new FifoStation(simulator, 1));
    }
    gaps = streams.stream("gaps");
    services = streams.stream("services");
    meanGap = 1 / rho;
    scale = 1 / (1 - rho);
    work = new double[branches];
    drawn = new double[branches];
  }

  /** Runs over a warm-up and {@code batches} batches of {@code length} arrivals. */
  List<Batch> run(long warmUp, int batches, long length) {
    simulator.schedule(arrival, 0);
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
    sums[FIRST_TIME] = time / meanGap;
    sums[FIRST_PRESENT] = stations.get(0).averagePresent() * time;
    stations.get(0).restart();
    Batch batch = new Batch(sums.clone(), controls.clone(), null, null);
    Arrays.fill(sums, 0);
    Arrays.fill(controls, 0);
    return batch;
  }

  private final Event arrival =
      new Event() {
        @Override
        protected void fire() {
          ForkedJob job = idle.isEmpty() ? forked() : idle.pop();
          job.fork();
          long gapNanos = gaps.exponentialNanos(meanGap * UNIT);
          account(gapNanos / UNIT);
          simulator.scheduleAfter(this, gapNanos);
          if (--arrivalsLeft == 0) {
            simulator.stop();
          }
        }
      };

  /** Adds the controls of an arrival, from what it found and what was drawn since. */
  private void account(double gap) {
    int busiest = 0;
    double total = 0;
    for (int i = 0; i < work.length; i++) {
      busiest = work[i] > work[busiest] ? i : busiest;
      total += work[i] / scale;
    }
    double x = work[busiest] / scale;
    double mean = total / work.length;
    double excess = drawn[busiest] - 1;
    double gapExcess = gap - meanGap;
    controls[0] += gapExcess;
    controls[1] += x * gapExcess;
    controls[2] += x * x * gapExcess;
    controls[3] += mean * gapExcess;
    controls[4] += mean * mean * gapExcess;
    controls[5] += gap * gap - 2 * meanGap * meanGap;
    controls[6] += excess;
    controls[7] += x * excess;
    controls[8] += x * x * excess;
    for (int i = 0; i < work.length; i++) {
      double own = drawn[i] - 1;
      double found = work[i] / scale;
      controls[9] += own;
      controls[10] += found * own;
      controls[11] += found * found * own;
      controls[12] += drawn[i] * drawn[i] - 2;
      // A branch matters the more the nearer it is to the busiest.
      double near = x > 0 ? found / x : 0;
      controls[13] += near * near * found * own;
      controls[14] += near * near * near * near * found * own;
      work[i] = Math.max(0, work[i] + drawn[i] - gap);
    }
  }

  private ForkedJob forked() {
    return new ForkedJob(simulator, stations) {
      @Override
      protected long serviceNanos(int branch) {
        long nanos = services.exponentialNanos(UNIT);
        drawn[branch] = nanos / UNIT;
        return nanos;
      }

      @Override
      protected void joined(long responseNanos) {
        sums[JOBS]++;
        sums[RESPONSE] += responseNanos / UNIT;
        idle.push(this);
      }
    };
  }
}
