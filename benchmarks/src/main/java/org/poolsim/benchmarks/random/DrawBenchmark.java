// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.random;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.engine.random.RandomStreams;

/** Time of one draw of each law, and of making a stream. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class DrawBenchmark {
  private static final double[] VALUES = new double[64];
  private static final double[] PROBABILITIES = new double[64];

  static {
    for (int i = 0; i < VALUES.length; i++) {
      VALUES[i] = i * i;
      PROBABILITIES[i] = i / 63.0;
    }
  }

  /** The laws that models draw from. */
  public enum Law {
    CONSTANT(Distribution.constant(1e6)),
    UNIFORM(Distribution.uniform(0, 2e6)),
    EXPONENTIAL(Distribution.exponential(1e6)),
    NORMAL(Distribution.normal(1e6, 1e5)),
    LOGNORMAL(Distribution.lognormal(1e6, 1)),
    PARETO(Distribution.pareto(2.5, 1e6)),
    WEIBULL(Distribution.weibull(0.8, 1e6)),
    ERLANG_4(Distribution.erlang(4, 1e6)),
    GAMMA(Distribution.gamma(2.5, 4e5)),
    TRIANGULAR(Distribution.triangular(0, 1e6, 2e6)),
    HYPEREXPONENTIAL(Distribution.hyperexponential(1e6, 4)),
    EMPIRICAL_64(Distribution.empirical(VALUES)),
    QUANTILES_64(Distribution.quantiles(VALUES, PROBABILITIES));

    @SuppressWarnings("ImmutableEnumChecker") // Distributions do not change.
    private final Distribution distribution;

    Law(Distribution distribution) {
      this.distribution = distribution;
    }
  }

  /** A law and a stream. */
  @State(Scope.Thread)
  public static class Drawn {
    @Param public Law law;

    private Distribution distribution;
    private RandomStream stream;

    @Setup(Level.Trial)
    public void open() {
      distribution = law.distribution;
      stream = new RandomStreams(1).stream(law.name());
    }
  }

  /** A family of streams. */
  @State(Scope.Thread)
  public static class Family {
    private final RandomStreams streams = new RandomStreams(1);
  }

  @Benchmark
  public double sample(Drawn drawn) {
    return drawn.distribution.sample(drawn.stream);
  }

  @Benchmark
  public RandomStream newStream(Family family) {
    return family.streams.stream("host-1/vbd/xvda/service");
  }
}
