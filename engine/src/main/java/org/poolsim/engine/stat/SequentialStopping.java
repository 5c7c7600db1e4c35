// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.stat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Replicates until every measure is known well enough: the half-width of its Student interval is at
 * most a fraction of its mean (Law, Simulation Modeling and Analysis, sequential procedure). The
 * rule is applied after each replication in the order of their numbers, so the replications that
 * count, and the answer, do not depend on the number of threads.
 *
 * @param relativeHalfWidth wanted half-width over mean, for example 0.05
 * @param confidence of each interval, for example 0.95
 * @param minReplications to run at least, 3 or more; 10 guards against stopping on a fluke
 * @param maxReplications to run at most
 */
public record SequentialStopping(
    double relativeHalfWidth, double confidence, int minReplications, int maxReplications) {

  /** What came of it: one interval per measure, and whether all are as narrow as asked. */
  public record Outcome(List<ConfidenceInterval> intervals, int replications, boolean reached) {}

  public SequentialStopping {
    ConfidenceInterval.checkConfidence(confidence);
    if (!(relativeHalfWidth > 0)) {
      throw new IllegalArgumentException(
          "the relative half-width must be positive, it is " + relativeHalfWidth);
    }
    if (minReplications < 3 || maxReplications < minReplications) {
      throw new IllegalArgumentException(
          "replications must be at least 3 and at most no fewer than at least, not "
              + minReplications
              + " to "
              + maxReplications);
    }
  }

  /**
   * Runs replications 0, 1, ... until the rule is met.
   *
   * @param replication gives the measures of a replication, always the same number of them
   */
  public Outcome run(ReplicationRunner runner, IntFunction<double[]> replication) {
    List<Tally> tallies = new ArrayList<>();
    int done = 0;
    while (done < maxReplications) {
      int next = done < minReplications ? minReplications : done + runner.threads();
      next = Math.min(next, maxReplications);
      for (double[] measures : runner.run(done, next, replication)) {
        for (int i = 0; i < measures.length; i++) {
          if (done == 0) {
            tallies.add(new Tally());
          }
          tallies.get(i).add(measures[i]);
        }
        done++;
        if (done >= minReplications && narrowEnough(tallies)) {
          return new Outcome(intervals(tallies), done, true);
        }
      }
    }
    return new Outcome(intervals(tallies), done, false);
  }

  private boolean narrowEnough(List<Tally> tallies) {
    return intervals(tallies).stream()
        .allMatch(interval -> interval.relativeHalfWidth() <= relativeHalfWidth);
  }

  private List<ConfidenceInterval> intervals(List<Tally> tallies) {
    return tallies.stream().map(tally -> ConfidenceInterval.ofMean(tally, confidence)).toList();
  }
}
