// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolsim.cpu.sched.GenericLayerTest.host;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolsim.cpu.Runstate;
import org.poolsim.cpu.guest.Burst;
import org.poolsim.cpu.guest.Hog;
import org.poolsim.cpu.guest.Periodic;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.random.RandomStreams;

/** Deadlines of pCPUs: each is met, the earliest first, wherever a run is halted. */
class PcpuDeadlinesTest {
  private static final long MILLISECOND = 1_000_000L;
  private static final int SLOP = 7;

  /** A timer that notes what it was set for, and may set itself anew when it fires. */
  private static final class Checked extends PcpuTimer {
    private static final long NOT_SET = -1;

    private final Simulator simulator;
    private final Random random;
    private long setFor = NOT_SET;
    private int fired;

    Checked(SchedHost host, int cpu, Random random) {
      super(host, cpu);
      this.simulator = host.simulator();
      this.random = random;
    }

    void setAtRandom() {
      setFor = simulator.nowNanos() + (1L << random.nextInt(20));
      set(setFor);
    }

    void stopIt() {
      stop();
      setFor = NOT_SET;
    }

    @Override
    protected void handle() {
      assertThat(host.executing).isEqualTo(pcpu.number);
      assertThat(simulator.nowNanos()).isBetween(setFor, setFor + SLOP);
      setFor = NOT_SET;
      fired++;
      if (random.nextBoolean()) {
        setAtRandom();
      }
    }

    boolean isOverdue() {
      return setFor != NOT_SET && setFor + SLOP < simulator.nowNanos();
    }
  }

  /** Set and stopped at random, for soon and for later: each fires once for each setting left. */
  @Property(tries = 40)
  void everyTimerFiresOnceForEachSettingThatStays(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 70) int pcpus) {
    Simulator simulator = new Simulator();
    SchedHost host =
        host(simulator, "credit2", pcpus, new TimingParameters(SLOP, 0, 0, 0, 0, 1, 0));
    Random random = new Random(seed);
    List<Checked> timers = new ArrayList<>();
    for (int i = 0; i < 3 * pcpus; i++) {
      timers.add(new Checked(host, random.nextInt(pcpus), random));
    }
    for (int i = 0; i < 3_000; i++) {
      Checked timer = timers.get(random.nextInt(timers.size()));
      if (random.nextInt(5) == 0) {
        timer.stopIt();
      } else {
        timer.setAtRandom();
      }
      simulator.runUntil(simulator.nowNanos() + (1L << random.nextInt(16)));
      assertThat(timers).noneMatch(Checked::isOverdue);
    }
    long fired = timers.stream().mapToLong(timer -> timer.fired).sum();
    assertThat(fired).isGreaterThan(50);
    assertThat(host.timersFired()).isEqualTo(fired);
    assertThat(host.deadlines()).isNotNull();
  }

  @Test
  void ofEqualTimesTheLowestPcpuIsFirst() {
    Simulator simulator = new Simulator();
    SchedHost host = host(simulator, "credit2", 11, new TimingParameters(1, 0, 0, 0, 0, 1, 0));
    List<String> fired = new ArrayList<>();
    for (int cpu : new int[] {7, 3, 10, 0, 5, 8}) {
      PcpuTimer timer =
          new PcpuTimer(host, cpu) {
            @Override
            protected void handle() {
              fired.add(simulator.nowNanos() + " " + pcpu.number);
            }
          };
      timer.set(100);
    }
    simulator.runUntil(200);
    assertThat(fired).hasSize(6);
    // They are late by 0 or 1 ns: in the order of time, and of numbers among equal ones.
    List<String> sorted = new ArrayList<>(fired);
    sorted.sort(
        (a, b) -> {
          int byTime = a.substring(0, 3).compareTo(b.substring(0, 3));
          return byTime != 0
              ? byTime
              : Integer.parseInt(a.substring(4)) - Integer.parseInt(b.substring(4));
        });
    assertThat(fired).isEqualTo(sorted);
  }

  private static final class Single extends PcpuDeadline {
    Single() {
      super(0);
    }
  }

  @Test
  void theLatenessOfASliceIsOpenUntilItMatters() {
    JitterDraw slop = new JitterDraw(new RandomStreams(3).stream("slop"), 50_000);
    Single pcpu = new Single();
    assertThat(pcpu.deadline()).isEqualTo(PcpuDeadline.NEVER);

    pcpu.decided(10 * MILLISECOND, 10 * MILLISECOND, slop);
    assertThat(pcpu.deadline()).as("the work ends first").isEqualTo(10 * MILLISECOND);
    pcpu.workEndsAt(5 * MILLISECOND, slop);
    assertThat(pcpu.deadline()).isEqualTo(5 * MILLISECOND);
    pcpu.workEndsAt(PcpuDeadline.NEVER, slop);
    long end = pcpu.deadline();
    assertThat(end).isBetween(10 * MILLISECOND, 10 * MILLISECOND + 50_000);
    assertThat(pcpu.isDecisionAt(end)).isTrue();
    pcpu.workEndsAt(20 * MILLISECOND, slop);
    assertThat(pcpu.deadline()).as("drawn once").isEqualTo(end);

    pcpu.request(8 * MILLISECOND);
    assertThat(pcpu.deadline()).isEqualTo(8 * MILLISECOND);
    pcpu.workEndsAt(30 * MILLISECOND, slop);
    assertThat(pcpu.deadline()).as("the request stays").isEqualTo(8 * MILLISECOND);
    assertThat(pcpu.isRequested()).isTrue();
    pcpu.decided(PcpuDeadline.NEVER, PcpuDeadline.NEVER, slop);
    assertThat(pcpu.isRequested()).as("answered").isFalse();
    assertThat(pcpu.deadline()).isEqualTo(PcpuDeadline.NEVER);
  }

  /** What a busy host has done in two seconds, in all its figures and the events that it took. */
  private static String figures(String scheduler, Consumer<Simulator> run) {
    Simulator simulator = new Simulator();
    SchedHost host = host(simulator, scheduler, 5, TimingParameters.jittered());
    for (int domid = 1; domid <= 16; domid++) {
      Vcpu vcpu = host.createDomain(host.poolOf(0), domid, 1).vcpu(0);
      switch (domid % 4) {
        case 0 -> new Hog(vcpu).start();
        case 1 -> new Periodic(vcpu, 10 * MILLISECOND, MILLISECOND, 0).start();
        case 2 -> Burst.fixed(vcpu, 2 * MILLISECOND, 18 * MILLISECOND).start();
        default -> Burst.random(vcpu, MILLISECOND, 20 * MILLISECOND, domid).start();
      }
    }
    run.accept(simulator);
    assertThat(simulator.nowNanos()).isEqualTo(2_000 * MILLISECOND);
    StringBuilder figures = new StringBuilder();
    for (SchedDomain domain : host.domains()) {
      Vcpu vcpu = domain.vcpu(0);
      figures.append(vcpu.runstateNanos(Runstate.RUNNING)).append(' ');
      figures.append(vcpu.switchIns()).append(' ').append(vcpu.migrations()).append(' ');
    }
    return figures.append(simulator.eventsFired()).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"credit", "credit2", "credit2-pre421", "rtds", "null"})
  void nothingDependsOnWhereARunIsHalted(String scheduler) {
    String whole = figures(scheduler, simulator -> simulator.runUntil(2_000 * MILLISECOND));
    String inPieces =
        figures(
            scheduler,
            simulator -> {
              for (long until = 0; until < 2_000 * MILLISECOND; until += 19_191) {
                simulator.runUntil(until);
              }
              simulator.runUntil(2_000 * MILLISECOND);
            });
    String audited =
        figures(
            scheduler,
            simulator -> {
              simulator.audit(event -> assertThat(event.timeNanos()).isNotNegative());
              simulator.runUntil(2_000 * MILLISECOND);
            });
    assertThat(inPieces).isEqualTo(whole);
    assertThat(audited).isEqualTo(whole);
  }

  private static void withInterruptions(Simulator simulator, boolean stop) {
    Event interruption =
        new Event() {
          @Override
          protected void fire() {
            if (stop) {
              simulator.stop();
            }
            if (simulator.nowNanos() < 1_900 * MILLISECOND) {
              simulator.scheduleAfter(this, 32_123);
            }
          }
        };
    simulator.schedule(interruption, 1);
    while (simulator.nowNanos() < 2_000 * MILLISECOND) {
      simulator.runUntil(2_000 * MILLISECOND);
    }
  }

  @Test
  void aStopLeavesNothingOut() {
    assertThat(figures("credit2", simulator -> withInterruptions(simulator, true)))
        .isEqualTo(figures("credit2", simulator -> withInterruptions(simulator, false)));
  }

  /** Of what is due on one pCPU at one time the end of work is the last. */
  @Test
  void ofEqualTimesOnOnePcpuTheEndOfWorkIsLast() {
    Simulator simulator = new Simulator();
    SchedHost host = host(simulator, "credit2", 1, new TimingParameters(1, 0, 0, 0, 0, 1, 0));
    Vcpu vcpu = host.createDomain(host.poolOf(0), 1, 1).vcpu(0);
    List<String> order = new ArrayList<>();
    vcpu.setProgram(
        self -> {
          order.add(simulator.nowNanos() + " work");
          self.block();
        });
    vcpu.run(5 * MILLISECOND);
    vcpu.start();
    // Set for the time of the work's end, and late by 0 or 1 ns: several, so that some are equal.
    for (int i = 0; i < 20; i++) {
      PcpuTimer timer =
          new PcpuTimer(host, 0) {
            @Override
            protected void handle() {
              order.add(simulator.nowNanos() + " timer");
            }
          };
      timer.set(5 * MILLISECOND - 1);
    }
    simulator.runUntil(6 * MILLISECOND);
    long end = 5 * MILLISECOND;
    assertThat(order).contains(end + " timer").hasSize(21);
    assertThat(order.get(20)).isEqualTo(end + " work");
  }

  /** Work that is given, and a vCPU that is moved, between two events of the simulation. */
  @Test
  void whatChangesBetweenEventsIsMet() {
    Simulator simulator = new Simulator();
    SchedHost host = host(simulator, "credit2", 2, TimingParameters.jittered());
    Vcpu vcpu = host.createDomain(host.poolOf(0), 1, 1).vcpu(0);
    List<Long> done = new ArrayList<>();
    vcpu.setProgram(
        self -> {
          done.add(simulator.nowNanos());
          self.block();
        });
    vcpu.startBlocked();
    simulator.runUntil(MILLISECOND);
    vcpu.wake();
    vcpu.run(100 * MILLISECOND);
    simulator.runUntil(2 * MILLISECOND);
    vcpu.run(50_000);
    simulator.runUntil(3 * MILLISECOND);
    assertThat(done).hasSize(1);
    assertThat(done.get(0)).isBetween(2 * MILLISECOND + 50_000, 2 * MILLISECOND + 60_000);

    vcpu.run(20 * MILLISECOND);
    vcpu.wake();
    simulator.runUntil(5 * MILLISECOND);
    BitSet other = new BitSet();
    other.set(1 - vcpu.pcpu());
    vcpu.setAffinity(other, null);
    simulator.runUntil(40 * MILLISECOND);
    assertThat(done).hasSize(2);
    assertThat(done.get(1)).isBetween(23 * MILLISECOND, 23 * MILLISECOND + 100_000);
  }
}
