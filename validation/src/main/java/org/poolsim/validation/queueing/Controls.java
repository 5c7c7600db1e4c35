// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.Arrays;

/**
 * Control variates of an open station: sums of (a draw less its known mean) times a function of
 * what an arrival finds. The draws that follow an arrival are independent of all that was before,
 * so each term is zero on average whatever the station does with its jobs, and a wrong station
 * keeps its wrong mean. That a long queue owes its length to long services and short gaps is what
 * they take off.
 *
 * <p>What an arrival finds: the work that one server would have left (the driver's own account, by
 * Lindley's recurrence from the draws), and the number of jobs in the station, of the first class
 * alone too.
 */
final class Controls {
  private static final int FEW = 4;
  private static final int MANY = 9;

  private final double workScale;
  private final double jobScale;
  private final int servers;
  private final boolean many;
  private final boolean classes;
  private final double[] features;
  private final double[] sums;

  /**
   * Creates empty sums.
   *
   * @param workScale typical work, in mean services
   * @param servers servers of the station
   * @param classes whether there are two classes of jobs
   * @param many whether all functions are used, or but the smooth ones (few batches)
   */
  Controls(double workScale, int servers, boolean classes, boolean many) {
    this.workScale = workScale;
    this.servers = servers;
    this.many = many;
    this.classes = classes;
    jobScale = servers + workScale;
    features = new double[(many ? MANY : FEW) + (classes ? 1 : 0)];
    sums = new double[(classes ? 3 : 2) * features.length + 2];
  }

  /** Notes what an arrival finds; work in mean services. */
  void found(double work, int jobs, int highJobs) {
    double x = work / workScale;
    double y = jobs / jobScale;
    features[0] = 1;
    features[1] = x;
    features[2] = x * x;
    features[3] = y;
    if (many) {
      features[4] = y * y;
      features[5] = x > 1 ? x - 1 : 0;
      features[6] = x > 3 ? x - 3 : 0;
      features[7] = jobs >= servers ? 1 : 0;
      features[8] = jobs > servers ? jobs - servers : 0;
    }
    if (classes) {
      features[features.length - 1] = highJobs;
    }
  }

  /**
   * Adds the draws that followed, each less its mean.
   *
   * @param service the service of the arrival
   * @param serviceSquared the square of it
   * @param gap the time to the next arrival
   * @param gapSquared the square of it
   * @param high whether it is of the first class: one or zero
   */
  void drawn(double service, double serviceSquared, double gap, double gapSquared, double high) {
    int width = features.length;
    for (int i = 0; i < width; i++) {
      sums[i] += features[i] * service;
      sums[width + i] += features[i] * gap;
    }
    sums[2 * width] += serviceSquared;
    sums[2 * width + 1] += gapSquared;
    if (classes) {
      for (int i = 0; i < width; i++) {
        sums[2 * width + 2 + i] += features[i] * high;
      }
    }
  }

  /** Returns the sums and begins anew. */
  double[] take() {
    double[] taken = sums.clone();
    Arrays.fill(sums, 0);
    return taken;
  }
}
