// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Random programs of schedule, cancel, reschedule and run give the same sequence on the simulator
 * and on the simplest set that is right: a tree map ordered by time and scheduling order.
 */
class SimulatorConformanceTest {
  /**
   * A program, from a seed: how many events, how far ahead they are scheduled, how often a firing
   * event schedules others, cancels or moves them.
   */
  record Program(
      long seed, int events, int steps, int delayBits, int tiePercent, int cancelPercent) {}

  @Provide
  Arbitrary<Program> programs() {
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.integers().between(1, 3000),
            Arbitraries.integers().between(1, 4000),
            Arbitraries.integers().between(0, 62),
            Arbitraries.integers().between(0, 100),
            Arbitraries.integers().between(0, 60))
        .as(Program::new);
  }

  @Property(tries = 400)
  void firesWhatTheReferenceFiresInTheSameOrder(@ForAll("programs") Program program) {
    List<String> expected = new ReferenceRun(program).run();
    List<String> actual = new SimulatorRun(program).run();
    assertThat(actual).isEqualTo(expected);
  }

  /**
   * Many events, in phases that take the set through all that it can do: a front that grows too
   * long, buckets that are spread once and again (their places no longer known), whole instants,
   * far times, buckets emptied by cancelling, and events moved while they wait.
   */
  record Crowd(long seed, int events, int delayBits, int sameTimePercent, int keptPercent) {}

  @Provide
  Arbitrary<Crowd> crowds() {
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.of(20, 40, 70, 97, 140, 257, 700, 2_000, 20_000),
            Arbitraries.of(4, 12, 20, 30, 34, 45, 57),
            Arbitraries.of(0, 2, 30, 97),
            Arbitraries.of(0, 10, 60, 100))
        .as(Crowd::new);
  }

  @Property(tries = 75, edgeCases = EdgeCasesMode.NONE)
  void crowdsLeaveInTheSameOrder(@ForAll("crowds") Crowd crowd) {
    Program silent = new Program(crowd.seed, crowd.events, 0, crowd.delayBits, 0, 0);
    List<String> expected = phases(crowd, new ReferenceRun(silent));
    List<String> actual = phases(crowd, new SimulatorRun(silent));
    assertThat(actual).isEqualTo(expected);
  }

  private static List<String> phases(Crowd crowd, Run run) {
    SplittableRandom random = new SplittableRandom(crowd.seed);
    long span = 1L << crowd.delayBits;
    run.followUpSpan = span;
    for (int phase = 0; phase < 4; phase++) {
      long common = run.now() + span / 2 + random.nextLong(span);
      for (int event = 0; event < crowd.events; event++) {
        boolean same = random.nextInt(100) < crowd.sameTimePercent;
        run.reschedule(event, same ? common : run.now() + random.nextLong(span));
      }
      // Into the middle of what was scheduled, so that buckets are open.
      run.runUntil(run.now() + span / 8);
      for (int event = 0; event < crowd.events; event++) {
        if (random.nextInt(100) >= crowd.keptPercent) {
          run.log.add("cancel " + event + " " + run.cancel(event));
        } else if (random.nextInt(4) == 0) {
          run.reschedule(event, run.now() + random.nextLong(span >> random.nextInt(4)));
        }
      }
      run.log.add("at " + run.now() + " pending " + run.size());
      run.runUntil(run.now() + span);
    }
    run.followUpSpan = 0;
    run.runUntil(Long.MAX_VALUE);
    return run.log;
  }

  @Test
  void anEventOfAnotherSimulatorIsNotTakenOut() {
    Simulator first = new Simulator();
    Simulator second = new Simulator();
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Event event =
          new Event() {
            @Override
            protected void fire() {
              // It only waits.
            }
          };
      events.add(event);
      first.schedule(event, i * 1000L);
    }
    first.runUntil(500_000);
    for (Event event : events) {
      first.cancel(event);
      second.schedule(event, 700_000 + event.timeNanos());
    }
    for (Event event : events) {
      assertThatIllegalStateException()
          .isThrownBy(() -> first.cancel(event))
          .withMessageContaining("another simulator");
      assertThat(event.isPending()).isTrue();
    }
    assertThat(second.pending()).isEqualTo(1000);
    second.runUntilIdle();
    assertThat(second.eventsFired()).isEqualTo(1000);
  }

  @Test
  void identitiesOfIdleEventsAreTakenBack() {
    Simulator simulator = new Simulator();
    for (int i = 0; i < 100_000; i++) {
      simulator.scheduleAfter(
          new Event() {
            @Override
            protected void fire() {
              // Once in its life.
            }
          },
          i % 7);
      simulator.runUntil(simulator.nowNanos() + 1);
    }
    // Six are pending at a time: the tables never grow beyond their first 64.
    assertThat(simulator.memoryBytes()).isEqualTo(new Simulator().memoryBytes());
  }

  /** One run of a program; the set of pending events is up to the subclass. */
  private abstract static class Run {
    final Program program;
    final List<String> log = new ArrayList<>();
    private final SplittableRandom random;

    /** In a crowd every second event to fire schedules itself anew within this time, unless 0. */
    long followUpSpan;

    Run(Program program) {
      this.program = program;
      random = new SplittableRandom(program.seed);
    }

    abstract long now();

    abstract boolean pending(int event);

    abstract void schedule(int event, long time);

    abstract void reschedule(int event, long time);

    abstract boolean cancel(int event);

    abstract void runUntil(long time);

    abstract int size();

    List<String> run() {
      for (int step = 0; step < program.steps; step++) {
        int event = random.nextInt(program.events);
        int choice = random.nextInt(100);
        if (choice < program.cancelPercent) {
          log.add("cancel " + event + " " + cancel(event));
        } else if (choice < 90) {
          put(event);
        } else {
          runUntil(now() + delay());
          log.add("at " + now() + " pending " + size());
        }
      }
      runUntil(Long.MAX_VALUE);
      return log;
    }

    private void put(int event) {
      long time = now() + delay();
      if (pending(event)) {
        reschedule(event, time);
      } else {
        schedule(event, time);
      }
    }

    /** Delays of all magnitudes up to 2^delayBits, many of them equal. */
    private long delay() {
      long room = Math.max(0, (Long.MAX_VALUE - now()) / 2);
      if (random.nextInt(100) < program.tiePercent) {
        return Math.min(room, random.nextInt(3));
      }
      int bits = random.nextInt(program.delayBits + 1);
      return Math.min(room, random.nextLong(1L << bits));
    }

    final void fired(int event) {
      log.add(event + "@" + now());
      if (program.steps == 0) {
        if (followUpSpan > 0 && random.nextInt(2) == 0 && !pending(event)) {
          schedule(event, now() + random.nextLong(followUpSpan >> random.nextInt(4)));
        }
        return;
      }
      // On average 0.9 further ones, so that a run ends.
      if (log.size() < 20_000) {
        for (int chance = 0; chance < 3; chance++) {
          if (random.nextInt(100) < 30) {
            put(chance == 0 ? event : random.nextInt(program.events));
          }
        }
        if (random.nextInt(100) < program.cancelPercent) {
          cancel(random.nextInt(program.events));
        }
      }
    }
  }

  private static final class SimulatorRun extends Run {
    private final Simulator simulator = new Simulator();
    private final Event[] events;

    SimulatorRun(Program program) {
      super(program);
      events = new Event[program.events];
      for (int i = 0; i < events.length; i++) {
        int event = i;
        events[i] =
            new Event() {
              @Override
              protected void fire() {
                fired(event);
              }
            };
      }
    }

    @Override
    long now() {
      return simulator.nowNanos();
    }

    @Override
    boolean pending(int event) {
      return events[event].isPending();
    }

    @Override
    void schedule(int event, long time) {
      simulator.schedule(events[event], time);
    }

    @Override
    void reschedule(int event, long time) {
      simulator.reschedule(events[event], time);
    }

    @Override
    boolean cancel(int event) {
      return simulator.cancel(events[event]);
    }

    @Override
    void runUntil(long time) {
      simulator.runUntil(time);
    }

    @Override
    int size() {
      return simulator.pending();
    }
  }

  private static final class ReferenceRun extends Run {
    private record Key(long time, long order) implements Comparable<Key> {
      @Override
      public int compareTo(Key other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : Long.compare(order, other.order);
      }
    }

    private final TreeMap<Key, Integer> set = new TreeMap<>();
    private final Key[] keys;
    private long order;
    private long now;

    ReferenceRun(Program program) {
      super(program);
      keys = new Key[program.events];
    }

    @Override
    long now() {
      return now;
    }

    @Override
    boolean pending(int event) {
      return keys[event] != null;
    }

    @Override
    void schedule(int event, long time) {
      keys[event] = new Key(time, order++);
      set.put(keys[event], event);
    }

    @Override
    void reschedule(int event, long time) {
      cancel(event);
      schedule(event, time);
    }

    @Override
    boolean cancel(int event) {
      if (keys[event] == null) {
        return false;
      }
      set.remove(keys[event]);
      keys[event] = null;
      return true;
    }

    @Override
    void runUntil(long time) {
      while (!set.isEmpty() && set.firstKey().time <= time) {
        now = set.firstKey().time;
        int event = set.pollFirstEntry().getValue();
        keys[event] = null;
        fired(event);
      }
      now = Math.max(now, time);
    }

    @Override
    int size() {
      return set.size();
    }
  }
}
