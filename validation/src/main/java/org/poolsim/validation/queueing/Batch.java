// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.queueing;

import java.util.Arrays;

/** What one stretch of simulated time added up to. */
final class Batch {
  private final double[] sums;
  private final double[] controls;
  private final Times waits;
  private final Times responses;

  /**
   * Creates a batch.
   *
   * @param sums the totals that figures are made of, in the order of {@link Total}; a second
   *     station fed alike has its totals behind those of the first
   * @param controls sums that are zero on average whatever the station does, see {@link Controls}
   * @param waits times before service, or null
   * @param responses times in the station, or null
   */
  Batch(double[] sums, double[] controls, Times waits, Times responses) {
    this.sums = sums;
    this.controls = controls;
    this.waits = waits;
    this.responses = responses;
  }

  double sum(int total) {
    return sums[total];
  }

  double sum(Total total) {
    return sums[total.ordinal()];
  }

  double[] controls() {
    return controls;
  }

  Times waits() {
    return waits;
  }

  Times responses() {
    return responses;
  }

  /** Returns both stations' batches as one; the controls are those of the first. */
  Batch with(Batch second) {
    return new Batch(joined(sums, second.sums), controls, waits, responses);
  }

  /** Returns both batches as one, with the controls of both. */
  Batch withAll(Batch second) {
    return new Batch(
        joined(sums, second.sums), joined(controls, second.controls), waits, responses);
  }

  private static double[] joined(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
