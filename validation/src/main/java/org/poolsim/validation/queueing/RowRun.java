// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.poolsim.engine.random.RandomStreams;
import org.poolsim.engine.stat.ConfidenceInterval;
import org.poolsim.engine.stat.ControlVariates;
import org.poolsim.engine.stat.ReplicationRunner;
import org.poolsim.validation.Replay.CaseResult;
import org.poolsim.validation.Replay.Verdict;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Simulates a row until its intervals are narrow, and holds its analytic figures against them.
 *
 * <p>One figure in a hundred lies outside its 99 % interval by chance. What does is simulated again
 * with another seed and twice the replications, and once more with four times as many; it fails if
 * it lies outside of all three.
 */
final class RowRun {
  /** Wanted relative half-width; of a figure that cannot reach it, the next one that it can. */
  private static final double[] WANTED_HALF_WIDTHS = {0.0099, 0.03, 0.1};

  private static final int ROUNDS = 3;

  /** Replications beyond those that an estimate of the variance asks for. */
  private static final double MARGIN = 1.15;

  /** Beyond this relative half-width an event is too rare to be judged by what was seen of it. */
  private static final double TOO_RARE = 0.2;

  private final String id;
  private final Experiment experiment;
  private final long seed;
  private final int most;
  private int replications;

  RowRun(String id, Experiment experiment, long seed, int mostReplications) {
    this.id = id;
    this.experiment = experiment;
    this.seed = seed;
    most = Math.min(experiment.most(), mostReplications);
  }

  /** Simulates, writes the intervals into the row and compares. */
  CaseResult judge(ObjectNode row, ReplicationRunner runner) {
    List<Figure> figures = experiment.figures();
    List<ConfidenceInterval> intervals = narrow(seed, experiment.fewest(), runner);
    List<Integer> judged = new ArrayList<>();
    int rare = 0;
    for (int i = 0; i < figures.size(); i++) {
      Analytic analytic = Analytic.of(figures.get(i).name(), row);
      if (analytic != null) {
        if (analytic.isZero() || relativeHalfWidth(intervals.get(i)) < TOO_RARE) {
          judged.add(i);
        } else {
          rare++;
        }
      }
    }
    List<Integer> outside = outside(judged, intervals, row);
    int round = 1;
    while (!outside.isEmpty() && round < ROUNDS) {
      intervals = narrow(seed + round, 2 * replications, runner);
      outside = outside(outside, intervals, row);
      round++;
    }
    for (int i = 0; i < figures.size(); i++) {
      write(figures.get(i).name(), intervals.get(i), row);
    }
    Verdict verdict =
        judged.isEmpty() ? Verdict.NOT_JUDGED : outside.isEmpty() ? Verdict.PASS : Verdict.FAIL;
    return new CaseResult(
        id, verdict, deviation(judged, intervals, row, round, rare), "within the 99 % interval");
  }

  private List<ConfidenceInterval> narrow(long fromSeed, int fewest, ReplicationRunner runner) {
    RandomStreams streams = new RandomStreams(fromSeed).within(id);
    List<Batch> batches = new ArrayList<>();
    replications = 0;
    int wanted = fewest;
    List<ConfidenceInterval> intervals = List.of();
    while (replications < wanted) {
      runner
          .run(
              replications,
              wanted,
              number -> experiment.replication().apply(streams.replication(number)))
          .forEach(batches::addAll);
      replications = wanted;
      ControlVariates controls =
          new ControlVariates(batches.stream().map(Batch::controls).toArray(double[][]::new));
      intervals =
          experiment.figures().stream().map(figure -> figure.interval(batches, controls)).toList();
      wanted = wanted(intervals);
    }
    return intervals;
  }

  /**
   * Returns about how many replications narrow every interval as far as it can become narrow. A
   * figure of a rare event that cannot does not hold up the row.
   */
  private int wanted(List<ConfidenceInterval> intervals) {
    int wanted = replications;
    for (int i = 0; i < intervals.size(); i++) {
      ConfidenceInterval interval = intervals.get(i);
      // Zero may be the truth: there is no relative width to reach.
      boolean zero = experiment.figures().get(i) instanceof Figure.Quantile && interval.low() == 0;
      double width = relativeHalfWidth(interval);
      for (double reachable : zero ? new double[0] : WANTED_HALF_WIDTHS) {
        double ratio = width / reachable;
        double needed = Math.ceil(ratio * ratio * replications);
        if (needed <= most) {
          if (ratio > 1) {
            wanted = Math.max(wanted, (int) Math.min(needed * MARGIN + 1, most));
          }
          break;
        }
      }
    }
    return wanted;
  }

  private List<Integer> outside(
      List<Integer> candidates, List<ConfidenceInterval> intervals, ObjectNode row) {
    return candidates.stream()
        .filter(
            i -> {
              Analytic analytic = Analytic.of(experiment.figures().get(i).name(), row);
              ConfidenceInterval interval = intervals.get(i);
              return !analytic.meets(
                  interval.low() - unseen(interval), interval.high() + unseen(interval));
            })
        .toList();
  }

  /**
   * Returns what an interval without width leaves open: an event that none of n jobs saw (an idle
   * moment of a server that is always busy) has a probability below 4.6 / n, with 99 % confidence.
   */
  private double unseen(ConfidenceInterval interval) {
    return interval.halfWidth() > 0
        ? 0
        : Math.abs(interval.estimate()) * 4.6 / (experiment.jobs() * replications);
  }

  private static double relativeHalfWidth(ConfidenceInterval interval) {
    return interval.estimate() == 0 ? Double.POSITIVE_INFINITY : interval.relativeHalfWidth();
  }

  private String deviation(
      List<Integer> judged,
      List<ConfidenceInterval> intervals,
      ObjectNode row,
      int rounds,
      int rare) {
    double widest = 0;
    double worst = 0;
    String worstFigure = "-";
    for (int i : judged) {
      String figure = experiment.figures().get(i).name();
      Analytic analytic = Analytic.of(figure, row);
      if (!analytic.isZero()) {
        double error = analytic.relativeError(intervals.get(i).estimate());
        if (error >= worst) {
          worst = error;
          worstFigure = figure;
        }
        widest = Math.max(widest, relativeHalfWidth(intervals.get(i)));
      }
    }
    return String.format(
        Locale.ROOT,
        "%.2f %% (%s); widest interval +-%.2f %%%s%s",
        worst * 100,
        worstFigure,
        widest * 100,
        rounds == 1 ? "" : "; simulated " + rounds + " times",
        rare == 0 ? "" : "; too rare: " + rare);
  }

  private static void write(String figure, ConfidenceInterval interval, ObjectNode row) {
    int slash = figure.indexOf('/');
    ObjectNode target;
    if (slash < 0) {
      target = row.putObject(figure + "_simulated");
    } else {
      String name = figure.substring(0, slash) + "_simulated";
      ArrayNode array = figure.endsWith("/0") ? row.putArray(name) : (ArrayNode) row.get(name);
      target = array.addObject();
    }
    target.put("mean", interval.estimate());
    target.put("low", interval.low());
    target.put("high", interval.high());
    target.put("batches", interval.observations());
  }
}
