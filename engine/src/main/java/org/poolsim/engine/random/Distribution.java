// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine.random;

import java.util.Arrays;

/**
 * A law of one real variable. Immutable and without state; the unit is the caller's (by convention
 * nanoseconds or bytes). {@link #mean()} and {@link #variance()} are exact, and infinite where the
 * law's are.
 */
public sealed interface Distribution {
  /** Draws a value. */
  double sample(RandomStream stream);

  /** Returns the mean. */
  double mean();

  /** Returns the variance. */
  double variance();

  /** Returns the same law for values {@code factor} (positive) times as large. */
  Distribution times(double factor);

  /** Draws a time: rounded to a whole number of nanoseconds and not below zero. */
  default long sampleNanos(RandomStream stream) {
    return Math.max(0, Math.round(sample(stream)));
  }

  /** Returns the squared coefficient of variation, the variance over the squared mean. */
  default double squaredVariation() {
    return variance() / (mean() * mean());
  }

  /** Always the same value. */
  static Distribution constant(double value) {
    return new Constant(value);
  }

  /** Uniform on [{@code low}, {@code high}). */
  static Distribution uniform(double low, double high) {
    return new Uniform(low, high);
  }

  /** Exponential with the given mean. */
  static Distribution exponential(double mean) {
    return new Exponential(mean);
  }

  /** Normal, cut at zero where it is drawn as a time only. */
  static Distribution normal(double mean, double standardDeviation) {
    return new Normal(mean, standardDeviation);
  }

  /** Lognormal with the given mean and coefficient of variation (standard deviation over mean). */
  static Distribution lognormal(double mean, double variation) {
    Check.positive(mean, "mean");
    Check.notNegative(variation, "variation");
    double sigmaSquared = StrictMath.log1p(variation * variation);
    return new Lognormal(StrictMath.log(mean) - sigmaSquared / 2, Math.sqrt(sigmaSquared));
  }

  /** Lognormal with the given median and standard deviation of the logarithm. */
  static Distribution lognormalOfMedian(double median, double sigma) {
    Check.positive(median, "median");
    return new Lognormal(StrictMath.log(median), sigma);
  }

  /** Pareto with the given tail index and smallest value. */
  static Distribution pareto(double shape, double scale) {
    return new Pareto(shape, scale);
  }

  /** Pareto with the given tail index (above 1) and mean. */
  static Distribution paretoOfMean(double shape, double mean) {
    if (!(shape > 1)) {
      throw new IllegalArgumentException("a Pareto law of shape " + shape + " has no finite mean");
    }
    return new Pareto(shape, mean * (shape - 1) / shape);
  }

  /** Sum of {@code stages} exponentials, with the given mean. */
  static Distribution erlang(int stages, double mean) {
    return new Erlang(stages, mean);
  }

  /** Gamma with mean {@code shape * scale}. */
  static Distribution gamma(double shape, double scale) {
    return new Gamma(shape, scale);
  }

  /** Weibull, P(X &gt; x) = exp(-(x / scale)^shape). */
  static Distribution weibull(double shape, double scale) {
    return new Weibull(shape, scale);
  }

  /** Triangular on [{@code low}, {@code high}] with its peak at {@code mode}. */
  static Distribution triangular(double low, double mode, double high) {
    return new Triangular(low, mode, high);
  }

  /**
   * Two exponentials with balanced means (each contributes half of the mean), with the given mean
   * and squared coefficient of variation (at least 1).
   */
  static Distribution hyperexponential(double mean, double squaredVariation) {
    if (!(squaredVariation >= 1)) {
      throw new IllegalArgumentException(
          "a hyperexponential law has a squared variation of at least 1, not " + squaredVariation);
    }
    Check.positive(mean, "mean");
    double p = 0.5 * (1 + Math.sqrt((squaredVariation - 1) / (squaredVariation + 1)));
    return new Hyperexponential(p, mean / (2 * p), mean / (2 * (1 - p)));
  }

  /** Each of the observed values with the same probability. */
  static Distribution empirical(double... values) {
    double[] weights = new double[values.length];
    Arrays.fill(weights, 1);
    return new Empirical(values, weights);
  }

  /** Each value with a probability proportional to its weight. */
  static Distribution weighted(double[] values, double[] weights) {
    return new Empirical(values, weights);
  }

  /**
   * Inverse of a piecewise linear distribution function: probability {@code probabilities[i]} of
   * being at most {@code values[i]}, linear between.
   *
   * @param values not decreasing
   * @param probabilities not decreasing, from 0 to 1
   */
  static Distribution quantiles(double[] values, double[] probabilities) {
    return new Quantiles(values, probabilities);
  }

  /** The other law plus a constant. */
  static Distribution shifted(double offset, Distribution law) {
    return new Shifted(offset, law);
  }

  /** Always {@code value}. */
  record Constant(double value) implements Distribution {
    public Constant {
      Check.finite(value, "value");
    }

    @Override
    public double sample(RandomStream stream) {
      return value;
    }

    @Override
    public double mean() {
      return value;
    }

    @Override
    public double variance() {
      return 0;
    }

    @Override
    public Distribution times(double factor) {
      return new Constant(value * factor);
    }
  }

  /** Uniform on [{@code low}, {@code high}). */
  record Uniform(double low, double high) implements Distribution {
    public Uniform {
      Check.ordered(low, high, "low", "high");
    }

    @Override
    public double sample(RandomStream stream) {
      return stream.uniform(low, high);
    }

    @Override
    public double mean() {
      return (low + high) / 2;
    }

    @Override
    public double variance() {
      return (high - low) * (high - low) / 12;
    }

    @Override
    public Distribution times(double factor) {
      return new Uniform(low * factor, high * factor);
    }
  }

  /** Exponential with a positive mean. */
  record Exponential(double mean) implements Distribution {
    public Exponential {
      Check.positive(mean, "mean");
    }

    @Override
    public double sample(RandomStream stream) {
      return stream.exponential(mean);
    }

    @Override
    public double variance() {
      return mean * mean;
    }

    @Override
    public Distribution times(double factor) {
      return new Exponential(mean * factor);
    }
  }

  /** Normal. */
  record Normal(double mean, double standardDeviation) implements Distribution {
    public Normal {
      Check.finite(mean, "mean");
      Check.notNegative(standardDeviation, "standardDeviation");
    }

    @Override
    public double sample(RandomStream stream) {
      return stream.normal(mean, standardDeviation);
    }

    @Override
    public double variance() {
      return standardDeviation * standardDeviation;
    }

    @Override
    public Distribution times(double factor) {
      return new Normal(mean * factor, standardDeviation * factor);
    }
  }

  /** The exponential of a normal with mean {@code mu} and standard deviation {@code sigma}. */
  record Lognormal(double mu, double sigma) implements Distribution {
    public Lognormal {
      Check.finite(mu, "mu");
      Check.notNegative(sigma, "sigma");
    }

    @Override
    public double sample(RandomStream stream) {
      return stream.lognormal(mu, sigma);
    }

    @Override
    public double mean() {
      return StrictMath.exp(mu + sigma * sigma / 2);
    }

    @Override
    public double variance() {
      return StrictMath.expm1(sigma * sigma) * mean() * mean();
    }

    @Override
    public Distribution times(double factor) {
      return new Lognormal(mu + StrictMath.log(factor), sigma);
    }
  }

  /** Pareto: P(X &gt; x) = (scale / x)^shape for x &gt;= scale. */
  record Pareto(double shape, double scale) implements Distribution {
    public Pareto {
      Check.positive(shape, "shape");
      Check.positive(scale, "scale");
    }

    @Override
    public double sample(RandomStream stream) {
      return stream.pareto(shape, scale);
    }

    @Override
    public double mean() {
      return shape > 1 ? scale * shape / (shape - 1) : Double.POSITIVE_INFINITY;
    }

    @Override
    public double variance() {
      return shape > 2
          ? scale * scale * shape / ((shape - 1) * (shape - 1) * (shape - 2))
          : Double.POSITIVE_INFINITY;
    }

    @Override
    public Distribution times(double factor) {
      return new Pareto(shape, scale * factor);
    }
  }

  /** Sum of {@code stages} equal exponentials. */
  record Erlang(int stages, double mean) implements Distribution {
    public Erlang {
      Check.positive(stages, "stages");
      Check.positive(mean, "mean");
    }

    @Override
    public double sample(RandomStream stream) {
      return stream.erlang(stages, mean);
    }

    @Override
    public double variance() {
      return mean * mean / stages;
    }

    @Override
    public Distribution times(double factor) {
      return new Erlang(stages, mean * factor);
    }
  }

  /** Gamma. */
  record Gamma(double shape, double scale) implements Distribution {
    public Gamma {
      Check.positive(shape, "shape");
      Check.positive(scale, "scale");
    }

    @Override
    public double sample(RandomStream stream) {
      return stream.gamma(shape, scale);
    }

    @Override
    public double mean() {
      return shape * scale;
    }

    @Override
    public double variance() {
      return shape * scale * scale;
    }

    @Override
    public Distribution times(double factor) {
      return new Gamma(shape, scale * factor);
    }
  }

  /** Weibull. */
  record Weibull(double shape, double scale) implements Distribution {
    public Weibull {
      Check.positive(shape, "shape");
      Check.positive(scale, "scale");
    }

    @Override
    public double sample(RandomStream stream) {
      return stream.weibull(shape, scale);
    }

    @Override
    public double mean() {
      return scale * Check.gammaFunction(1 + 1 / shape);
    }

    @Override
    public double variance() {
      return scale * scale * Check.gammaFunction(1 + 2 / shape) - mean() * mean();
    }

    @Override
    public Distribution times(double factor) {
      return new Weibull(shape, scale * factor);
    }
  }

  /** Triangular. */
  record Triangular(double low, double mode, double high) implements Distribution {
    public Triangular {
      Check.ordered(low, mode, "low", "mode");
      Check.ordered(mode, high, "mode", "high");
    }

    @Override
    public double sample(RandomStream stream) {
      return stream.triangular(low, mode, high);
    }

    @Override
    public double mean() {
      return (low + mode + high) / 3;
    }

    @Override
    public double variance() {
      double a = mode - low;
      double b = high - mode;
      return (a * a + a * b + b * b) / 18;
    }

    @Override
    public Distribution times(double factor) {
      return new Triangular(low * factor, mode * factor, high * factor);
    }
  }

  /** With {@code probability} exponential of {@code firstMean}, else of {@code secondMean}. */
  record Hyperexponential(double probability, double firstMean, double secondMean)
      implements Distribution {
    public Hyperexponential {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException(
            "probability must lie between 0 and 1, it is " + probability);
      }
      Check.positive(firstMean, "firstMean");
      Check.positive(secondMean, "secondMean");
    }

    @Override
    public double sample(RandomStream stream) {
      return stream.hyperexponential(probability, firstMean, secondMean);
    }

    @Override
    public double mean() {
      return probability * firstMean + (1 - probability) * secondMean;
    }

    @Override
    public double variance() {
      double secondMoment =
          2 * (probability * firstMean * firstMean + (1 - probability) * secondMean * secondMean);
      return secondMoment - mean() * mean();
    }

    @Override
    public Distribution times(double factor) {
      return new Hyperexponential(probability, firstMean * factor, secondMean * factor);
    }
  }

  /** Observed values with weights; compared by identity. */
  final class Empirical implements Distribution {
    private final double[] values;
    private final double[] cumulative;
    private final double mean;
    private final double variance;

    Empirical(double[] values, double[] weights) {
      if (values.length == 0 || values.length != weights.length) {
        throw new IllegalArgumentException(
            "an empirical law needs at least one value and one weight for each, not "
                + values.length
                + " values and "
                + weights.length
                + " weights");
      }
      this.values = values.clone();
      cumulative = new double[values.length];
      double total = 0;
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        Check.finite(values[i], "value");
        Check.notNegative(weights[i], "weight");
        total += weights[i];
        sum += weights[i] * values[i];
        cumulative[i] = total;
      }
      Check.positive(total, "sum of the weights");
      mean = sum / total;
      double squares = 0;
      for (int i = 0; i < values.length; i++) {
        squares += weights[i] * (values[i] - mean) * (values[i] - mean);
      }
      variance = squares / total;
    }

    private Empirical(Empirical other, double factor) {
      values = Arrays.stream(other.values).map(v -> v * factor).toArray();
      cumulative = other.cumulative;
      mean = other.mean * factor;
      variance = other.variance * factor * factor;
    }

    @Override
    public double sample(RandomStream stream) {
      return values[stream.index(cumulative)];
    }

    @Override
    public double mean() {
      return mean;
    }

    @Override
    public double variance() {
      return variance;
    }

    @Override
    public Distribution times(double factor) {
      return new Empirical(this, factor);
    }
  }

  /** A piecewise linear distribution function; compared by identity. */
  final class Quantiles implements Distribution {
    private final double[] values;
    private final double[] probabilities;

    Quantiles(double[] values, double[] probabilities) {
      int last = values.length - 1;
      if (last < 1
          || probabilities.length != values.length
          || probabilities[0] != 0
          || probabilities[last] != 1) {
        throw new IllegalArgumentException(
            "quantiles need two values or more, and as many probabilities from 0 to 1");
      }
      for (int i = 1; i <= last; i++) {
        Check.ordered(values[i - 1], values[i], "value", "the next value");
        Check.ordered(probabilities[i - 1], probabilities[i], "probability", "the next one");
      }
      this.values = values.clone();
      this.probabilities = probabilities.clone();
    }

    @Override
    public double sample(RandomStream stream) {
      double u = stream.nextDouble();
      int low = 0;
      int high = values.length - 1;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        if (probabilities[middle] <= u) {
          low = middle;
        } else {
          high = middle;
        }
      }
      double share = (u - probabilities[low]) / (probabilities[high] - probabilities[low]);
      return values[low] + share * (values[high] - values[low]);
    }

    @Override
    public double mean() {
      double sum = 0;
      for (int i = 1; i < values.length; i++) {
        sum += (probabilities[i] - probabilities[i - 1]) * (values[i] + values[i - 1]) / 2;
      }
      return sum;
    }

    @Override
    public double variance() {
      double squares = 0;
      for (int i = 1; i < values.length; i++) {
        double a = values[i - 1];
        double b = values[i];
        squares += (probabilities[i] - probabilities[i - 1]) * (a * a + a * b + b * b) / 3;
      }
      return squares - mean() * mean();
    }

    @Override
    public Distribution times(double factor) {
      return new Quantiles(Arrays.stream(values).map(v -> v * factor).toArray(), probabilities);
    }
  }

  /** Another law plus a constant. */
  record Shifted(double offset, Distribution law) implements Distribution {
    public Shifted {
      Check.finite(offset, "offset");
    }

    @Override
    public double sample(RandomStream stream) {
      return offset + law.sample(stream);
    }

    @Override
    public double mean() {
      return offset + law.mean();
    }

    @Override
    public double variance() {
      return law.variance();
    }

    @Override
    public Distribution times(double factor) {
      return new Shifted(offset * factor, law.times(factor));
    }
  }
}
