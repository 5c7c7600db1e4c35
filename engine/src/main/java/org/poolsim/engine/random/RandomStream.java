// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.XoShiRo256PlusPlus;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * A sequence of random numbers, and the draws that models make from it.
 *
 * <p>Also a {@code UniformRandomProvider} of Commons RNG ({@code nextInt(bound)}, {@code
 * nextDouble()}, {@code nextBoolean()} and so on), so that all its samplers work on a stream. Not
 * thread safe. No draw allocates.
 */
public final class RandomStream implements UniformRandomProvider {
  private static final int ERLANG_STAGES_SUMMED = 8;

  private final XoShiRo256PlusPlus generator;
  private final ZigguratSampler.NormalizedGaussian normal;
  private final ZigguratSampler.Exponential exponential;

  RandomStream(long state0, long state1, long state2, long state3) {
    generator = new XoShiRo256PlusPlus(state0, state1, state2, state3);
    normal = ZigguratSampler.NormalizedGaussian.of(generator);
    exponential = ZigguratSampler.Exponential.of(generator);
  }

  @Override
  public long nextLong() {
    return generator.nextLong();
  }

  @Override
  public int nextInt() {
    return generator.nextInt();
  }

  @Override
  public int nextInt(int bound) {
    return generator.nextInt(bound);
  }

  @Override
  public double nextDouble() {
    return generator.nextDouble();
  }

  /** Draws from [{@code low}, {@code high}). */
  public double uniform(double low, double high) {
    return low + (high - low) * generator.nextDouble();
  }

  /** Draws true with a probability in [0, 1]. */
  public boolean chance(double probability) {
    return generator.nextDouble() < probability;
  }

  /** Draws from the exponential law with a mean (not negative). */
  public double exponential(double mean) {
    return mean * exponential.sample();
  }

  /** Draws the nanoseconds to the next event of a Poisson process, rounded. */
  public long exponentialNanos(double meanNanos) {
    return Math.round(meanNanos * exponential.sample());
  }

  /** Draws from the normal law; values may be negative. */
  public double normal(double mean, double standardDeviation) {
    return mean + standardDeviation * normal.sample();
  }

  /**
   * Draws from the lognormal law.
   *
   * @param mu mean of the logarithm
   * @param sigma standard deviation of the logarithm, not negative
   */
  public double lognormal(double mu, double sigma) {
    return StrictMath.exp(mu + sigma * normal.sample());
  }

  /**
   * Draws from the Pareto law, P(X &gt; x) = (scale / x)^shape for x &gt;= scale. For {@code shape}
   * &lt;= 1 the mean is infinite.
   */
  public double pareto(double shape, double scale) {
    return scale * StrictMath.exp(exponential.sample() / shape);
  }

  /** Draws from the Weibull law, P(X &gt; x) = exp(-(x / scale)^shape). */
  public double weibull(double shape, double scale) {
    return scale * StrictMath.pow(exponential.sample(), 1 / shape);
  }

  /** Draws the sum of {@code stages} (at least 1) exponentials that has the given mean. */
  public double erlang(int stages, double mean) {
    if (stages > ERLANG_STAGES_SUMMED) {
      return gamma(stages, mean / stages);
    }
    double sum = 0;
    for (int stage = 0; stage < stages; stage++) {
      sum += exponential.sample();
    }
    return mean / stages * sum;
  }

  /**
   * Draws from the gamma law with mean {@code shape * scale}. Marsaglia and Tsang, A simple method
   * for generating gamma variables, ACM TOMS 26(3), 2000.
   *
   * @param shape positive
   * @param scale positive
   */
  public double gamma(double shape, double scale) {
    if (shape < 1) {
      double boost = StrictMath.exp(-exponential.sample() / shape);
      return gamma(shape + 1, scale) * boost;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = normal.sample();
      double root = 1 + c * x;
      if (root <= 0) {
        continue;
      }
      double v = root * root * root;
      double accept = -exponential.sample();
      if (accept < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return scale * d * v;
      }
    }
  }

  /**
   * Draws from one of two exponential laws: with {@code probability} the one with {@code
   * firstMean}, else that with {@code secondMean}.
   */
  public double hyperexponential(double probability, double firstMean, double secondMean) {
    double mean = generator.nextDouble() < probability ? firstMean : secondMean;
    return mean * exponential.sample();
  }

  /** Draws from the triangular law on [{@code low}, {@code high}] that peaks at {@code mode}. */
  public double triangular(double low, double mode, double high) {
    double u = generator.nextDouble();
    double range = high - low;
    double rising = mode - low;
    return u * range < rising
        ? low + Math.sqrt(u * range * rising)
        : high - Math.sqrt((1 - u) * range * (high - mode));
  }

  /**
   * Draws the number of failures before the first success, P(k) = (1 - p)^k p.
   *
   * @param probability of success, in (0, 1]
   */
  public long geometric(double probability) {
    if (probability >= 1) {
      return 0;
    }
    return (long) Math.floor(exponential.sample() / -StrictMath.log1p(-probability));
  }

  /**
   * Draws an index by weight.
   *
   * @param cumulativeWeights positive, not decreasing; the last one is the total
   */
  public int index(double[] cumulativeWeights) {
    double at = generator.nextDouble() * cumulativeWeights[cumulativeWeights.length - 1];
    int low = 0;
    int high = cumulativeWeights.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulativeWeights[middle] <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Puts the elements in random order (Fisher and Yates). */
  public void shuffle(int[] elements) {
    for (int last = elements.length - 1; last > 0; last--) {
      int other = generator.nextInt(last + 1);
      int element = elements[last];
      elements[last] = elements[other];
      elements[other] = element;
    }
  }
}
