// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Squeezed's decisions on small hosts whose balloons move at once. */
class SqueezeCallTest {
  private static final long T0 = 1000;

  private final SqueezedSettings settings =
      SqueezedSettings.of(ToolstackVersion.SINCE_2026).withFreeTarget(T0, 32);
  private final SqueezeCall call = new SqueezeCall(settings);
  private final HostSnapshot snapshot = new HostSnapshot();
  private double now;
  private long spareKib = -200_000;

  /** Domains of [1000, 3000] KiB; whoever can, is on target one pause later. */
  private final class Host {
    final long[] target;
    final long[] actual;
    final boolean[] moves;
    long free;

    Host(int domains, long each, long free) {
      target = new long[domains];
      actual = new long[domains];
      moves = new boolean[domains];
      for (int domid = 0; domid < domains; domid++) {
        target[domid] = each;
        actual[domid] = each;
        moves[domid] = true;
      }
      this.free = free;
    }

    void write(int domid, long kib) {
      target[domid] = kib;
    }

    SqueezeCall.Result run(TargetWriter writer) {
      SqueezeCall.Step step;
      do {
        snapshot.reset(free);
        for (int domid = 0; domid < target.length; domid++) {
          snapshot.add(domid, true, 1000, target[domid], 3000, actual[domid], 4);
        }
        step = call.advance(now, snapshot, writer);
        if (step == SqueezeCall.Step.PAUSE) {
          pause();
        }
      } while (step != SqueezeCall.Step.DONE);
      return call.result();
    }

    private void pause() {
      now++;
      for (int domid = 0; domid < target.length; domid++) {
        if (moves[domid]) {
          free += actual[domid] - target[domid];
          actual[domid] = target[domid];
        }
      }
    }
  }

  @Test
  void whatIsFreeAlreadyTakesTheFastPath() {
    Host host = new Host(2, 2000, T0 + 500);
    call.beginReserve(now, 500);

    assertThat(host.run(host::write)).isEqualTo(SqueezeCall.Result.SUCCESS);
    assertThat(call.iterations()).isZero();
  }

  @Test
  void aGoalOutOfReachStillDrivesEverybodyToDynamicMinBeforeItFails() {
    Host host = new Host(2, 2000, T0);
    call.beginReserve(now, 5000);

    assertThat(host.run(host::write)).isEqualTo(SqueezeCall.Result.CANNOT_FREE_THIS_MUCH_MEMORY);
    assertThat(host.actual).containsExactly(1000, 1000);
    assertThat(call.freeAtFailureKib()).isEqualTo(T0 + 2000);
    assertThat(call.goalKib()).isEqualTo(T0 + 5000);
  }

  @Test
  void aDeadBalloonIsNoticedWhenMoreThanFiveSecondsHavePassedAndBlamed() {
    Host host = new Host(3, 2000, T0);
    host.moves[2] = false;
    call.beginReserve(now, 2500);

    assertThat(host.run(host::write)).isEqualTo(SqueezeCall.Result.DOMAINS_REFUSED_TO_COOPERATE);
    assertThat(call.blamedDomids()).containsExactly(2);
    // Exactly 5.0 s are not more than 5 s.
    assertThat(now).isGreaterThanOrEqualTo(6);
  }

  @Test
  void dom0AloneIsNeverBlamed() {
    Host host = new Host(1, 2000, T0);
    host.moves[0] = false;
    call.beginReserve(now, 500);

    assertThat(host.run(host::write)).isEqualTo(SqueezeCall.Result.CANNOT_FREE_THIS_MUCH_MEMORY);
    assertThat(call.blamedDomids()).isEmpty();
  }

  @Test
  void aRangeIsGrantedBetweenItsBounds() {
    Host host = new Host(2, 3000, T0);
    call.beginReserveRange(now, 1000, 3000);

    assertThat(host.run(host::write)).isEqualTo(SqueezeCall.Result.SUCCESS);
    // 4000 KiB less 16 can be freed, over three ranges of 2000. The newcomer's own minimum is not
    // taken off what can be freed, so that more is promised than an even share: as in the daemon.
    assertThat(call.idealKib()).isEqualTo(1000 + (long) (3984 / 6000.0 * 2000));
    assertThat(call.amountKib()).isBetween(call.idealKib(), 3000L);
  }

  @Test
  void aBalanceOfFiveHundredDomainsMakesNoGarbage() {
    Host host = new Host(500, 2000, T0);
    TargetWriter writer = host::write;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    for (int round = 0; round < 100; round++) {
      balance(host, writer);
    }
    long before = threads.getThreadAllocatedBytes(self);
    for (int round = 0; round < 1000; round++) {
      balance(host, writer);
    }
    long allocated = threads.getThreadAllocatedBytes(self) - before;

    // Reading the counter itself allocates a little.
    assertThat(allocated / 1000).isLessThan(16);
  }

  private void balance(Host host, TargetWriter writer) {
    // A VM of 200,000 KiB comes and goes.
    spareKib = -spareKib;
    host.free += spareKib;
    now += 10;
    call.beginBalance(now);
    host.run(writer);
    if (call.targetActions() < 500) {
      throw new AssertionError("every domain has another target: " + call.targetActions());
    }
  }
}
