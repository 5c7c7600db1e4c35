// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Counter;
import org.poolsim.engine.data.DataSource;
import org.poolsim.engine.data.DataSources;
import org.poolsim.engine.data.Description;
import org.poolsim.engine.data.Gauge;
import org.poolsim.engine.data.Owner;
import org.poolsim.engine.data.Sampled;

/**
 * Subscribes to a run's data sources and passes the course of each chosen one to where it is kept:
 * columns for the report, thresholds for saturation.
 *
 * <p>A gauge's course is its level between changes. A running total's course is its mean rate in
 * each step; a stretch in which the rate stands is passed as one. A sampled source is read once per
 * step, on whole multiples of it, and its value stands for the step that ends there. Inverse
 * sources are turned round (1 - x). A source that does not change costs nothing until it does. Not
 * thread safe.
 */
public final class SeriesRecorder implements DataSources.Subscriber {
  private final Simulator simulator;
  private final long stepNanos;
  private final Choice choice;
  private final Map<DataSource, Tracked> tracked = new LinkedHashMap<>();
  private final List<SampledSource> sampled = new ArrayList<>();
  private final Tick tick = new Tick();

  /** Chooses where a source's course goes. */
  @FunctionalInterface
  public interface Choice {
    /** Returns where the course of this source goes; null to leave it out. */
    Course courseOf(Description description);
  }

  /**
   * Records what {@code choice} chooses; subscribe it to the run's {@link DataSources}.
   *
   * @param stepNanos the step of rates and samples, 5 s as in xcp-rrdd
   */
  public SeriesRecorder(Simulator simulator, long stepNanos, Choice choice) {
    this.simulator = simulator;
    this.stepNanos = stepNanos;
    this.choice = choice;
  }

  @Override
  public void added(DataSource source) {
    Course course = choice.courseOf(source.description());
    if (course == null) {
      return;
    }
    if (source.description().inverse()) {
      Course turned = course;
      course = (from, to, value) -> turned.held(from, to, 1 - value);
    }
    long now = simulator.nowNanos();
    if (source instanceof Sampled reading) {
      SampledSource follower = new SampledSource(reading, course, now);
      sampled.add(follower);
      tracked.put(source, follower);
      if (!tick.isPending()) {
        simulator.schedule(tick, (now / stepNanos + 1) * stepNanos);
      }
    } else {
      Listening follower =
          source instanceof Counter counter
              ? new Total(counter, course, now)
              : new Level((Gauge) source, course, now);
      tracked.put(source, follower);
      source.listen(follower);
    }
  }

  @Override
  public void removed(Owner owner, List<DataSource> sources) {
    long now = simulator.nowNanos();
    for (DataSource source : sources) {
      Tracked follower = tracked.remove(source);
      if (follower != null) {
        follower.finish(now);
        if (follower instanceof SampledSource gone) {
          sampled.remove(gone);
        }
      }
    }
  }

  /** Passes on what has held up to now; call it at the end of the run. */
  public void finish() {
    long now = simulator.nowNanos();
    for (Tracked follower : tracked.values()) {
      follower.finish(now);
    }
    simulator.cancel(tick);
  }

  private final class Tick extends Event {
    @Override
    protected void fire() {
      long now = simulator.nowNanos();
      for (int i = 0; i < sampled.size(); i++) {
        sampled.get(i).finish(now);
      }
      if (!sampled.isEmpty()) {
        simulator.scheduleAfter(this, stepNanos);
      }
    }
  }

  private interface Tracked {
    void finish(long nowNanos);
  }

  private abstract class Listening implements Tracked, DataSource.Listener {
    @Override
    public void beforeChange(DataSource source) {
      advance(simulator.nowNanos());
    }

    abstract void advance(long nowNanos);
  }

  private final class Level extends Listening {
    private final Gauge gauge;
    private final Course course;
    private long sinceNanos;

    Level(Gauge gauge, Course course, long nowNanos) {
      this.gauge = gauge;
      this.course = course;
      this.sinceNanos = nowNanos;
    }

    @Override
    void advance(long nowNanos) {
      if (nowNanos > sinceNanos) {
        course.held(sinceNanos, nowNanos, gauge.value());
        sinceNanos = nowNanos;
      }
    }

    @Override
    public void finish(long nowNanos) {
      advance(nowNanos);
    }
  }

  private final class Total extends Listening {
    private final Counter counter;
    private final Course course;
    private long fromNanos;
    private double fromTotal;

    Total(Counter counter, Course course, long nowNanos) {
      this.counter = counter;
      this.course = course;
      this.fromNanos = nowNanos;
      this.fromTotal = counter.value(nowNanos);
    }

    @Override
    void advance(long nowNanos) {
      long stepEnd = (fromNanos / stepNanos + 1) * stepNanos;
      if (nowNanos < stepEnd) {
        return;
      }
      // The last change lies before the end of this step: from there the present rate has held.
      passUntil(stepEnd);
      long lastEnd = nowNanos / stepNanos * stepNanos;
      if (lastEnd > stepEnd) {
        passUntil(lastEnd);
      }
    }

    private void passUntil(long toNanos) {
      double total = counter.value(toNanos);
      course.held(fromNanos, toNanos, (total - fromTotal) / ((toNanos - fromNanos) * 1e-9));
      fromNanos = toNanos;
      fromTotal = total;
    }

    @Override
    public void finish(long nowNanos) {
      advance(nowNanos);
      if (nowNanos > fromNanos) {
        passUntil(nowNanos);
      }
    }
  }

  private static final class SampledSource implements Tracked {
    private final Sampled source;
    private final Course course;
    private long fromNanos;
    private double last;

    SampledSource(Sampled source, Course course, long nowNanos) {
      this.source = source;
      this.course = course;
      this.fromNanos = nowNanos;
      this.last = source.value(nowNanos);
    }

    @Override
    public void finish(long nowNanos) {
      if (nowNanos <= fromNanos) {
        return;
      }
      double seconds = (nowNanos - fromNanos) * 1e-9;
      double value = source.value(nowNanos);
      double rate =
          switch (source.description().type()) {
            case GAUGE -> value;
            case ABSOLUTE -> value / seconds;
            case DERIVE -> (value - last) / seconds;
          };
      course.held(fromNanos, nowNanos, rate);
      fromNanos = nowNanos;
      last = value;
    }
  }
}
