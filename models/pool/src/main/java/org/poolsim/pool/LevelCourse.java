// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.engine.random.Distribution;
import org.poolsim.engine.random.RandomStream;
import org.poolsim.pool.spec.TimeSeries;
import org.poolsim.pool.spec.WorkloadSpec;

/** A level over time, piece by piece. */
abstract sealed class LevelCourse {
  private static final long FOREVER = Long.MAX_VALUE;

  private double level;

  /** Returns the level of the present piece, 0 to 1. */
  final double level() {
    return level;
  }

  final void level(double value) {
    level = Math.max(0, Math.min(1, value));
  }

  /**
   * Enters the piece that holds at {@code nowNanos}; returns its end, the largest long for none.
   */
  abstract long advance(long nowNanos);

  static LevelCourse of(WorkloadSpec.Background spec, RandomStream stream) {
    if (spec instanceof WorkloadSpec.Constant constant) {
      return new Constant(constant.level());
    } else if (spec instanceof WorkloadSpec.Sine sine) {
      return new Sine(sine);
    } else if (spec instanceof WorkloadSpec.Profile profile) {
      return new Profile(profile);
    } else if (spec instanceof WorkloadSpec.Bursty bursty) {
      return new Bursty(bursty, stream);
    } else if (spec instanceof WorkloadSpec.Stochastic stochastic) {
      return new Stochastic(stochastic, stream);
    } else {
      return new Trace((WorkloadSpec.Trace) spec);
    }
  }

  private static final class Constant extends LevelCourse {
    Constant(double value) {
      level(value);
    }

    @Override
    long advance(long nowNanos) {
      return FOREVER;
    }
  }

  private static final class Sine extends LevelCourse {
    private final WorkloadSpec.Sine spec;

    Sine(WorkloadSpec.Sine spec) {
      this.spec = spec;
    }

    @Override
    long advance(long nowNanos) {
      long step = nowNanos / spec.stepNanos();
      double middle = (step + 0.5) * spec.stepNanos() + spec.phaseNanos();
      double turns = middle / spec.periodNanos();
      level(
          spec.mean()
              + spec.amplitude() * StrictMath.sin(2 * Math.PI * (turns - Math.floor(turns))));
      return (step + 1) * spec.stepNanos();
    }
  }

  private static final class Profile extends LevelCourse {
    private final WorkloadSpec.Profile spec;

    Profile(WorkloadSpec.Profile spec) {
      this.spec = spec;
    }

    @Override
    long advance(long nowNanos) {
      int count = spec.levels().size();
      long period = spec.periodNanos();
      long at = (nowNanos + spec.phaseNanos()) % period;
      int piece = (int) Math.min(count - 1, (long) ((double) at / period * count));
      // The division may land a nanosecond on the wrong side of an edge.
      while (at >= edge(piece + 1, count, period)) {
        piece++;
      }
      while (at < edge(piece, count, period)) {
        piece--;
      }
      level(spec.levels().get(piece));
      return nowNanos + edge(piece + 1, count, period) - at;
    }

    private static long edge(int piece, int count, long period) {
      return piece == count ? period : (long) ((double) period / count * piece);
    }
  }

  private static final class Bursty extends LevelCourse {
    private final WorkloadSpec.Bursty spec;
    private final RandomStream stream;
    private boolean on = true;

    Bursty(WorkloadSpec.Bursty spec, RandomStream stream) {
      this.spec = spec;
      this.stream = stream;
    }

    @Override
    long advance(long nowNanos) {
      on = !on;
      level(on ? spec.onLevel() : spec.offLevel());
      Distribution length = on ? spec.onNanos() : spec.offNanos();
      return nowNanos + length.sampleNanos(stream);
    }
  }

  private static final class Stochastic extends LevelCourse {
    private final WorkloadSpec.Stochastic spec;
    private final RandomStream stream;
    private final double keep;
    private final double noise;
    private double walk;
    private boolean begun;

    Stochastic(WorkloadSpec.Stochastic spec, RandomStream stream) {
      this.spec = spec;
      this.stream = stream;
      keep = StrictMath.exp(-(double) spec.stepNanos() / spec.correlationNanos());
      noise = spec.standardDeviation() * Math.sqrt(1 - keep * keep);
    }

    @Override
    long advance(long nowNanos) {
      if (begun) {
        walk = spec.mean() + keep * (walk - spec.mean()) + noise * stream.normal(0, 1);
      } else {
        walk = spec.mean() + spec.standardDeviation() * stream.normal(0, 1);
        begun = true;
      }
      level(walk);
      return nowNanos + spec.stepNanos();
    }
  }

  private static final class Trace extends LevelCourse {
    private static final long LONGEST_PIECE_NANOS = 60_000_000_000L;

    private final WorkloadSpec.Trace spec;
    private final SeriesCursor cursor;

    Trace(WorkloadSpec.Trace spec) {
      this.spec = spec;
      cursor = new SeriesCursor(spec.series(), spec.after() == WorkloadSpec.After.REPEAT);
    }

    @Override
    long advance(long nowNanos) {
      cursor.seek(nowNanos);
      TimeSeries series = spec.series();
      int point = cursor.point();
      if (point < 0) {
        level(spec.scale() * series.value(0));
        return cursor.untilNanos();
      }
      if (spec.between() == WorkloadSpec.Between.HOLD || point == series.size() - 1) {
        level(spec.scale() * series.value(point));
        return cursor.untilNanos();
      }
      long beginNanos = cursor.sinceNanos();
      long spanNanos = cursor.untilNanos() - beginNanos;
      long endNanos = Math.min(cursor.untilNanos(), nowNanos + LONGEST_PIECE_NANOS);
      double middle = (nowNanos + (endNanos - nowNanos) / 2.0 - beginNanos) / spanNanos;
      double from = series.value(point);
      level(spec.scale() * (from + (series.value(point + 1) - from) * middle));
      return endNanos;
    }
  }
}
