// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.detailed;

import org.poolsim.cpu.sched.Vcpu;
import org.poolsim.engine.Event;
import org.poolsim.engine.random.RandomStream;

/** What the guest runs on one of its vCPUs. */
final class GuestVcpu {
  /** Background demand that never ends. */
  static final long ENDLESS = Long.MAX_VALUE;

  private static final int NOTHING = -1;
  private static final int BACKGROUND = -2;

  private final DetailedDomain domain;
  private final TaskQueue queue;
  private final RandomStream draws;
  private final Event release = new Release();
  final Vcpu vcpu;

  /** Slot of the work on this vCPU, {@link #BACKGROUND} or {@link #NOTHING}. */
  private int task = NOTHING;

  /** CPU time given with the last {@code run}. */
  private long turnNanos;

  /** Whether the turn ends before the task does. */
  private boolean cut;

  private boolean blocked = true;
  private double demand;
  private long backgroundNanos;

  GuestVcpu(DetailedDomain domain, TaskQueue queue, Vcpu vcpu, RandomStream draws) {
    this.domain = domain;
    this.queue = queue;
    this.vcpu = vcpu;
    this.draws = draws;
  }

  boolean isBlocked() {
    return blocked;
  }

  boolean wantsBackground() {
    return backgroundNanos > 0;
  }

  /** There is something for this blocked vCPU. */
  void wake() {
    blocked = false;
    dispatch(false);
    vcpu.wake();
  }

  /** Others wait: the present task may go on for a turn only. */
  void beginTurns() {
    if (!blocked && !cut && task != NOTHING) {
      settle();
      give(true);
    }
  }

  /** Notes what the present task has received of its turn. */
  private void settle() {
    long left = vcpu.workLeftNanos();
    if (turnNanos != ENDLESS) {
      received(turnNanos - left);
    }
    turnNanos = left;
  }

  private void received(long nanos) {
    if (task == BACKGROUND) {
      if (backgroundNanos != ENDLESS) {
        backgroundNanos -= nanos;
      }
    } else if (task >= 0) {
      queue.progress(task, nanos);
    }
  }

  /** Gives the vCPU the CPU time of the present task, a turn of it if others wait. */
  private void give(boolean othersWait) {
    long left = task == BACKGROUND ? backgroundNanos : queue.leftNanos(task);
    long quantum = domain.quantumNanos();
    cut = othersWait && left > quantum;
    turnNanos = cut ? quantum : left;
    if (turnNanos == ENDLESS) {
      vcpu.runForever();
    } else {
      vcpu.run(turnNanos);
    }
  }

  /** The vCPU has run what it was given. */
  void turnDone() {
    int done = task;
    boolean wasBackground = done == BACKGROUND;
    if (done != NOTHING) {
      received(turnNanos);
      task = NOTHING;
      if (!wasBackground) {
        if (queue.leftNanos(done) == 0) {
          queue.remove(done).complete();
        } else {
          queue.enqueue(done);
        }
      }
    }
    if (domain.isDestroyed()) {
      vcpu.runForever();
    } else if (!dispatch(wasBackground)) {
      blocked = true;
      vcpu.block();
    }
  }

  /** Chooses the next task; background and queue take turns. Returns whether there is one. */
  private boolean dispatch(boolean backgroundRan) {
    boolean waits = queue.anyWaits();
    boolean background = backgroundNanos > 0 && !(backgroundRan && waits);
    if (background) {
      task = BACKGROUND;
    } else if (waits) {
      task = queue.take();
    } else {
      task = NOTHING;
      return false;
    }
    give(queue.anyWaits() || (!background && backgroundNanos > 0));
    return true;
  }

  /** Forgets work that was withdrawn from this vCPU; the next task follows when it runs. */
  void withdraw(int slot) {
    if (task == slot) {
      task = NOTHING;
      turnNanos = 0;
      cut = true;
      vcpu.run(0);
    }
  }

  void setDemand(double fraction) {
    if (fraction == demand) {
      return;
    }
    demand = fraction;
    domain.simulator().cancel(release);
    if (fraction == 0 || fraction == 1) {
      setBackground(fraction == 0 ? 0 : ENDLESS);
    } else {
      beginInterval();
    }
  }

  private void beginInterval() {
    long period = domain.periodNanos();
    long interval = (long) draws.uniform(0.5 * period, 1.5 * period);
    domain.simulator().scheduleAfter(release, interval);
    setBackground(Math.round(demand * interval));
  }

  /** Replaces what is left of the background; unserved demand is lost. */
  private void setBackground(long nanos) {
    if (domain.isDestroyed()) {
      return;
    }
    if (task == BACKGROUND) {
      backgroundNanos = nanos;
      if (nanos == 0) {
        task = NOTHING;
        turnNanos = 0;
        cut = true;
        vcpu.run(0);
      } else {
        give(queue.anyWaits());
      }
      return;
    }
    backgroundNanos = nanos;
    if (nanos > 0) {
      if (blocked) {
        wake();
      } else {
        beginTurns();
      }
    }
  }

  void stop() {
    domain.simulator().cancel(release);
    demand = 0;
    backgroundNanos = 0;
    task = NOTHING;
  }

  private final class Release extends Event {
    @Override
    protected void fire() {
      beginInterval();
    }

    @Override
    public String toString() {
      return "background demand of " + vcpu;
    }
  }
}
