// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.stat;

/**
 * Mean of one long, correlated sequence with a confidence interval: batches of equal length, long
 * enough that their means are about independent.
 *
 * <p>Space is constant: when twice the wanted number of batches is full, neighbours are joined and
 * the batch length doubles, so that between {@code batches} and twice as many are held. {@link
 * #lagOneCorrelation()} tells whether the batches were long enough (near zero). Not thread safe.
 */
public final class BatchMeans {
  private final double[] means;
  private int full;
  private long batchLength = 1;
  private double sum;
  private long inBatch;

  /**
   * Creates an empty sequence.
   *
   * @param batches the least number of batches to end with, at least 2; 20 to 40 is usual
   */
  public BatchMeans(int batches) {
    if (batches < 2) {
      throw new IllegalArgumentException("at least 2 batches are needed, not " + batches);
    }
    means = new double[2 * batches];
  }

  /** Adds the next observation. */
  public void add(double value) {
    sum += value;
    inBatch++;
    if (inBatch == batchLength) {
      means[full++] = sum / batchLength;
      sum = 0;
      inBatch = 0;
      if (full == means.length) {
        joinNeighbours();
      }
    }
  }

  private void joinNeighbours() {
    full /= 2;
    for (int i = 0; i < full; i++) {
      means[i] = (means[2 * i] + means[2 * i + 1]) / 2;
    }
    batchLength *= 2;
  }

  /** Returns the observations in a batch. */
  public long batchLength() {
    return batchLength;
  }

  /** Returns the number of full batches; observations behind the last one do not count. */
  public int batches() {
    return full;
  }

  /** Returns the interval for the mean in the long run. */
  public ConfidenceInterval interval(double confidence) {
    return ConfidenceInterval.ofMean(tally(), confidence);
  }

  /** Returns the correlation of neighbouring batch means; not a number with fewer than three. */
  public double lagOneCorrelation() {
    if (full < 3) {
      return Double.NaN;
    }
    Tally tally = tally();
    double products = 0;
    for (int i = 1; i < full; i++) {
      products += (means[i] - tally.mean()) * (means[i - 1] - tally.mean());
    }
    return products / (tally.variance() * (full - 1));
  }

  private Tally tally() {
    Tally tally = new Tally();
    for (int i = 0; i < full; i++) {
      tally.add(means[i]);
    }
    return tally;
  }
}
