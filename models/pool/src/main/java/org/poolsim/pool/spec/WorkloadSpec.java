// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool.spec;

import java.util.List;
import org.poolsim.engine.random.Distribution;

/**
 * What a VM does while it runs. The background workloads ask for CPU as a level, a fraction of each
 * vCPU that they use; what a vCPU cannot give is lost. The levels of several workloads on a vCPU
 * add up, to at most 1. {@link Requests} do work that waits until it is done.
 */
public sealed interface WorkloadSpec {
  /** Returns the name, unique in its VM; response times are reported under it. */
  String name();

  /** A level of CPU demand on some of the vCPUs. */
  sealed interface Background extends WorkloadSpec {
    /** Returns the number of vCPUs that it keeps busy, the first ones of the VM; 0 is all. */
    int vcpus();
  }

  /**
   * The same level throughout.
   *
   * @param level 0 to 1
   */
  record Constant(String name, int vcpus, double level) implements Background {
    public Constant {
      check(name, vcpus);
      Require.between(level, 0, 1, "level of workload " + name);
    }
  }

  /**
   * A sine: {@code mean + amplitude * sin(2 pi (t + phase) / period)}, clipped to [0, 1], held for
   * {@code step} at a time at the value of the step's middle.
   *
   * @param mean 0 to 1
   * @param amplitude 0 to 1
   * @param periodNanos above 0
   * @param phaseNanos 0 or more
   * @param stepNanos above 0, at most the period
   */
  record Sine(
      String name,
      int vcpus,
      double mean,
      double amplitude,
      long periodNanos,
      long phaseNanos,
      long stepNanos)
      implements Background {
    public Sine {
      check(name, vcpus);
      Require.between(mean, 0, 1, "mean of workload " + name);
      Require.between(amplitude, 0, 1, "amplitude of workload " + name);
      Require.positive(periodNanos, "period of workload " + name + " in ns");
      Require.notNegative(phaseNanos, "phase of workload " + name + " in ns");
      Require.between(stepNanos, 1, periodNanos, "step of workload " + name + " in ns");
    }
  }

  /**
   * Levels that repeat: 24 of them with a period of 24 h are a day's profile.
   *
   * @param levels each 0 to 1, at least one; each is held for an equal part of the period
   * @param periodNanos at least one nanosecond for each level
   * @param phaseNanos 0 or more: where in the period time 0 lies
   */
  record Profile(String name, int vcpus, List<Double> levels, long periodNanos, long phaseNanos)
      implements Background {
    public Profile {
      check(name, vcpus);
      levels = List.copyOf(levels);
      Require.notEmpty(levels, "the level list of workload " + name);
      for (double level : levels) {
        Require.between(level, 0, 1, "level of workload " + name);
      }
      Require.between(
          periodNanos, levels.size(), Long.MAX_VALUE, "period of workload " + name + " in ns");
      Require.notNegative(phaseNanos, "phase of workload " + name + " in ns");
    }
  }

  /**
   * On and off in turn, beginning off.
   *
   * @param onLevel 0 to 1
   * @param offLevel 0 to 1
   * @param onNanos how long an on phase takes
   * @param offNanos how long an off phase takes
   */
  record Bursty(
      String name,
      int vcpus,
      double onLevel,
      double offLevel,
      Distribution onNanos,
      Distribution offNanos)
      implements Background {
    public Bursty {
      check(name, vcpus);
      Require.between(onLevel, 0, 1, "on level of workload " + name);
      Require.between(offLevel, 0, 1, "off level of workload " + name);
      Require.present(onNanos, "on time of workload " + name);
      Require.present(offNanos, "off time of workload " + name);
      Require.positive(
          onNanos.mean() + offNanos.mean(), "mean cycle of workload " + name + " in ns");
    }
  }

  /**
   * A mean-reverting walk (Ornstein-Uhlenbeck, sampled exactly): with {@code a = exp(-step /
   * correlation)}, {@code x' = mean + a (x - mean) + deviation sqrt(1 - a^2) N(0, 1)}, beginning in
   * its stationary law; the demand is x clipped to [0, 1].
   *
   * @param mean 0 to 1
   * @param standardDeviation of the stationary law before clipping, 0 to 1
   * @param correlationNanos time after which the correlation has fallen to 1/e, above 0
   * @param stepNanos how long each value is held, above 0
   */
  record Stochastic(
      String name,
      int vcpus,
      double mean,
      double standardDeviation,
      long correlationNanos,
      long stepNanos)
      implements Background {
    public Stochastic {
      check(name, vcpus);
      Require.between(mean, 0, 1, "mean of workload " + name);
      Require.between(standardDeviation, 0, 1, "standard deviation of workload " + name);
      Require.positive(correlationNanos, "correlation time of workload " + name + " in ns");
      Require.positive(stepNanos, "step of workload " + name + " in ns");
    }
  }

  /**
   * A recorded level, from time 0 of the run on; before its first point it has the first value.
   *
   * @param series levels; times {@code scale} they are clipped to [0, 1]
   * @param scale factor on every level, above 0
   * @param between what holds between two points
   * @param after what follows the last point
   */
  record Trace(
      String name, int vcpus, TimeSeries series, double scale, Between between, After after)
      implements Background {
    public Trace {
      check(name, vcpus);
      Require.present(series, "the series of workload " + name);
      Require.positive(scale, "scale of workload " + name);
      Require.present(between, "what holds between points of workload " + name);
      Require.present(after, "what follows the last point of workload " + name);
    }
  }

  /** What holds between two points of a trace. */
  enum Between {
    /** The value of the earlier point. */
    HOLD,
    /** The straight line between them, as its mean over each whole minute or shorter piece. */
    INTERPOLATE
  }

  /** What follows the last point of a trace. */
  enum After {
    /** The last value stays. */
    HOLD,
    /** The trace begins anew, one mean interval after its last point. */
    REPEAT
  }

  /**
   * Requests, one after the other for each client, or arriving from outside; each takes the steps
   * of one of the request types.
   *
   * @param load who sends them
   * @param requests the types and how often each is taken; at least one
   */
  record Requests(String name, LoadSpec load, List<RequestSpec> requests) implements WorkloadSpec {
    public Requests {
      Require.name(name, "a workload");
      Require.present(load, "the load of workload " + name);
      requests = List.copyOf(requests);
      Require.notEmpty(requests, "the request list of workload " + name);
      Require.unique(
          requests.stream().map(RequestSpec::name).toList(), "requests of workload " + name);
    }
  }

  private static void check(String name, int vcpus) {
    Require.name(name, "a workload");
    Require.between(vcpus, 0, 4096, "vCPUs of workload " + name);
  }
}
