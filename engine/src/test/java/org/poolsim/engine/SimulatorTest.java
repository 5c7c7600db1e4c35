// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {
  private final Simulator simulator = new Simulator();
  private final List<String> log = new ArrayList<>();

  private Event named(String name, Runnable action) {
    return new Event() {
      @Override
      protected void fire() {
        log.add(name + "@" + simulator.nowNanos());
        action.run();
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

  private Event named(String name) {
    return named(name, () -> {});
  }

  @Test
  void equalTimesFireInSchedulingOrderAndAMoveCountsAsNew() {
    Event a = named("a");
    Event b = named("b");
    Event c = named("c");
    simulator.schedule(a, 5);
    simulator.schedule(b, 5);
    simulator.schedule(c, 5);
    simulator.reschedule(a, 5);
    assertThat(simulator.runUntilIdle()).isEqualTo(StopReason.IDLE);
    assertThat(log).containsExactly("b@5", "c@5", "a@5");
  }

  @Test
  void aHundredThousandEventsOfOneInstantKeepTheirOrder() {
    List<Integer> fired = new ArrayList<>();
    int count = 100_000;
    for (int i = 0; i < count; i++) {
      int number = i;
      simulator.schedule(
          new Event() {
            @Override
            protected void fire() {
              fired.add(number);
            }
          },
          123_456_789L);
    }
    simulator.runUntilIdle();
    assertThat(fired).hasSize(count).isSorted();
  }

  @Test
  void runUntilIncludesItsTimeAndLeavesTheClockThere() {
    simulator.schedule(named("in"), 10);
    simulator.schedule(named("out"), 11);
    assertThat(simulator.runUntil(10)).isEqualTo(StopReason.TIME_REACHED);
    assertThat(log).containsExactly("in@10");
    assertThat(simulator.runUntil(20)).isEqualTo(StopReason.IDLE);
    assertThat(simulator.nowNanos()).isEqualTo(20);
    assertThat(simulator.eventsFired()).isEqualTo(2);
  }

  @Test
  void anEventCanStopTheRun() {
    simulator.schedule(named("stop", simulator::stop), 3);
    simulator.schedule(named("later"), 4);
    assertThat(simulator.runUntil(10)).isEqualTo(StopReason.STOPPED);
    assertThat(simulator.nowNanos()).isEqualTo(3);
    assertThat(simulator.step()).isTrue();
    assertThat(simulator.step()).isFalse();
    assertThat(log).containsExactly("stop@3", "later@4");
  }

  /** Fires each 10 ns, as itself or by going on. */
  private Event everyTen(boolean goesOn) {
    return new Event() {
      @Override
      protected void fire() {
        do {
          log.add("ten@" + simulator.nowNanos());
        } while (goesOn && simulator.continueAt(simulator.nowNanos() + 10));
        simulator.schedule(this, simulator.nowNanos() + 10);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEventMayGoOnUntilSomethingElseComes(boolean goesOn) {
    simulator.schedule(everyTen(goesOn), 10);
    simulator.schedule(named("between"), 25);
    simulator.schedule(named("same"), 40);
    simulator.schedule(named("stop", simulator::stop), 55);
    assertThat(simulator.runUntil(75)).isEqualTo(StopReason.STOPPED);
    assertThat(simulator.nowNanos()).isEqualTo(55);
    assertThat(simulator.runUntil(75)).isEqualTo(StopReason.TIME_REACHED);
    assertThat(simulator.nowNanos()).isEqualTo(75);
    assertThat(simulator.step()).isTrue();
    assertThat(simulator.nowNanos()).isEqualTo(80);
    assertThat(log)
        .containsExactly(
            "ten@10",
            "ten@20",
            "between@25",
            "ten@30",
            "same@40",
            "ten@40",
            "ten@50",
            "stop@55",
            "ten@60",
            "ten@70",
            "ten@80");
    assertThat(simulator.eventsFired()).isEqualTo(11);
    assertThat(simulator.pending()).isEqualTo(1);
  }

  @Test
  void anEventDoesNotGoOnWhereSomebodyLooksAfterEach() {
    List<Long> seen = new ArrayList<>();
    simulator.audit(event -> seen.add(simulator.nowNanos()));
    simulator.schedule(everyTen(true), 10);
    simulator.runUntil(45);
    assertThat(seen).containsExactly(10L, 20L, 30L, 40L);
  }

  @Test
  void anEventThatStopsTheRunDoesNotGoOn() {
    Event event =
        new Event() {
          @Override
          protected void fire() {
            simulator.stop();
            assertThat(simulator.continueAt(simulator.nowNanos() + 1)).isFalse();
          }
        };
    simulator.schedule(event, 3);
    simulator.runUntil(10);
    assertThat(simulator.nowNanos()).isEqualTo(3);
    assertThat(simulator.continueAt(4)).as("between runs").isFalse();
  }

  @Test
  void anInstantIsCountedFromTheEventThatWentOnToIt() {
    simulator.limitEventsAtOneInstant(3);
    Event stands =
        new Event() {
          @Override
          protected void fire() {
            if (simulator.nowNanos() < 20 && simulator.continueAt(20)) {
              log.add("went on");
            }
            simulator.schedule(this, simulator.nowNanos());
          }

          @Override
          public String toString() {
            return "stands still";
          }
        };
    simulator.schedule(stands, 10);
    assertThatThrownBy(() -> simulator.runUntil(30))
        .isInstanceOf(StalledException.class)
        .hasMessageContaining("stands still");
    assertThat(log).containsExactly("went on");
    assertThat(simulator.nowNanos()).isEqualTo(20);
    assertThat(simulator.eventsFired()).isEqualTo(4);
  }

  @Test
  void cancellingTakesAnEventOutAtOnce() {
    Event event = named("never");
    simulator.schedule(event, 1);
    assertThat(simulator.cancel(event)).isTrue();
    assertThat(simulator.cancel(event)).isFalse();
    assertThat(event.isPending()).isFalse();
    assertThat(simulator.pending()).isZero();
    assertThat(simulator.runUntilIdle()).isEqualTo(StopReason.IDLE);
    assertThat(log).isEmpty();
  }

  @Test
  void anEventServesOneSimulatorAfterTheOther() {
    Simulator other = new Simulator();
    Event[] event = new Event[1];
    event[0] = named("e", () -> other.schedule(event[0], 7));
    simulator.schedule(event[0], 1);
    simulator.runUntilIdle();
    assertThat(event[0].isPending()).isTrue();
    assertThatThrownBy(() -> simulator.cancel(event[0])).hasMessageContaining("another simulator");
    assertThat(other.cancel(event[0])).isTrue();
    assertThat(other.pending()).isZero();
  }

  @Test
  void schedulingInThePastOrBeyondTheEndOfTimeIsRefusedByName() {
    Event event = named("tick");
    simulator.runUntil(100);
    assertThatThrownBy(() -> simulator.schedule(event, 99))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an event cannot be scheduled for 99 ns: it is 100 ns already: tick");
    assertThatThrownBy(() -> simulator.scheduleAfter(event, -3))
        .hasMessage("an event cannot be scheduled 3 ns ago: tick");
    assertThatThrownBy(() -> simulator.scheduleAfter(event, Long.MAX_VALUE))
        .hasMessageContaining("time ends at");
    simulator.schedule(event, 200);
    assertThatThrownBy(() -> simulator.schedule(event, 300))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the event is pending for 200 ns already: tick");
    assertThatThrownBy(() -> simulator.reschedule(event, 99)).hasMessageContaining("already");
    assertThat(event.isPending()).isTrue();
    assertThat(event.timeNanos()).isEqualTo(200);
  }

  @Test
  void aRunThatStandsStillNamesTheEventThatRepeats() {
    Event[] loop = new Event[1];
    loop[0] = named("poller", () -> simulator.scheduleAfter(loop[0], 0));
    simulator.limitEventsAtOneInstant(1000);
    simulator.schedule(loop[0], 42);
    assertThatThrownBy(simulator::runUntilIdle)
        .isInstanceOf(StalledException.class)
        .hasMessage(
            "the clock stands at 42 ns: more than 1000 events fired at this instant, and the next"
                + " one there is poller");
    assertThat(log).hasSize(1000);
  }

  @Test
  void anAuditSeesEveryEventAfterItFired() {
    List<String> seen = new ArrayList<>();
    simulator.audit(event -> seen.add(event + "@" + simulator.nowNanos() + " " + log.size()));
    simulator.schedule(named("a"), 1);
    simulator.schedule(named("b"), 2);
    simulator.runUntilIdle();
    assertThat(seen).containsExactly("a@1 1", "b@2 2");
  }

  @Test
  void timersThatAreCancelledLeaveNothingBehind() {
    // 20,000 live timers and a million cancelled ones: the set holds the live ones.
    Event[] timers = new Event[20_000];
    for (int i = 0; i < timers.length; i++) {
      timers[i] = named("timer " + i);
      simulator.schedule(timers[i], 30_000_000_000L + i);
    }
    for (int round = 0; round < 50; round++) {
      simulator.runUntil(simulator.nowNanos() + 1_000_000);
      for (Event timer : timers) {
        simulator.rescheduleAfter(timer, 30_000_000_000L);
      }
    }
    assertThat(simulator.pending()).isEqualTo(timers.length);
    assertThat(simulator.memoryBytes()).isLessThan(48L * timers.length);
    simulator.runUntilIdle();
    assertThat(log).hasSize(timers.length);
  }
}
