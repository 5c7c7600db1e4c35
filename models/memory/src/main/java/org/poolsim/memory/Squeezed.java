// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;

/**
 * The ballooning daemon of one host: one call at a time, first come, first served, and the balance
 * every ten seconds among them. One slow balloon therefore delays every start on the host.
 *
 * <p>A host on which nothing changes costs no events: the timer sleeps and is set to its old rhythm
 * when something does.
 */
public final class Squeezed {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** squeeze_xen.ml: each look at the host waits until less than 4 MiB are left to scrub. */
  private static final long SCRUBBED_KIB = 4096;

  private static final long SCRUB_POLL_NANOS = NANOS_PER_SECOND / 4;

  private final Simulator simulator;
  private final HostMemory host;
  private final SqueezedSettings settings;
  private SqueezeCall call;
  private final HostSnapshot snapshot = new HostSnapshot();
  private final TargetWriter writer;
  private final ArrayDeque<SqueezedOperation> waiting = new ArrayDeque<>();
  private final List<Reservation> reservations = new ArrayList<>();
  private final Tick tickOperation = new Tick();
  private final Event step =
      new Event() {
        @Override
        protected void fire() {
          advance();
        }
      };
  private final Event tick =
      new Event() {
        @Override
        protected void fire() {
          submit(tickOperation);
        }
      };

  private enum Phase {
    /** Nobody holds the mutex; a virtual tick may keep it until {@link #step} fires. */
    FREE,
    TESTING,
    LOOKING,
    /** The result is there, its cost not spent yet. */
    ENDING
  }

  private Phase phase = Phase.FREE;
  private SqueezedOperation current;
  private boolean asleep;
  private long lastTickNanos;
  private long sleepingCostNanos;
  private long balances;
  private long failedBalances;

  Squeezed(Simulator simulator, HostMemory host, SqueezedSettings settings) {
    this.simulator = simulator;
    this.host = host;
    this.settings = settings;
    call = new SqueezeCall(settings);
    writer = host::setTarget;
    start();
  }

  /** The daemon has started: nobody has a reservation, the timer runs. */
  void start() {
    simulator.scheduleAfter(tick, nanos(settings.balanceIntervalSeconds()));
  }

  /** The daemon is gone with its host; calls that wait are never answered. */
  void stop() {
    simulator.cancel(tick);
    simulator.cancel(step);
    waiting.clear();
    reservations.clear();
    current = null;
    asleep = false;
    phase = Phase.FREE;
    call = new SqueezeCall(settings);
  }

  /** Returns what is always kept free, in KiB ("reserved memory" of the host). */
  public long hostReservedKib() {
    return settings.hostFreeTargetKib();
  }

  /** Returns the calls that wait for the mutex; the one that holds it not counted. */
  public int waitingCalls() {
    return waiting.size();
  }

  /** Returns whether a call holds the mutex. */
  public boolean isBusy() {
    return current != null;
  }

  /** Returns the sum of all reservations that no domain has taken over, in KiB. */
  public long reservedKib() {
    long sum = 0;
    for (int i = 0; i < reservations.size(); i++) {
      sum += reservations.get(i).heldKib();
    }
    return sum;
  }

  /** Returns the balances made so far, those of the timer that had nothing to do not counted. */
  public long balances() {
    return balances;
  }

  /** Returns the balances among them that ended in an error, which the daemon only logs. */
  public long failedBalances() {
    return failedBalances;
  }

  /** Returns when the timer's last look at the host began, in nanoseconds. */
  public long lastTickNanos() {
    return lastTickNanos;
  }

  /** Queues a balance, as a change of a dynamic range asks for. */
  void balance(Runnable then) {
    submit(
        new SqueezedOperation(SqueezedOperation.Kind.CHANGE) {
          @Override
          void begin(SqueezeCall beginning, double nowSeconds) {
            beginning.beginBalance(nowSeconds);
          }

          @Override
          void done(SqueezeCall ended) {
            countBalance(ended);
            then.run();
          }
        });
  }

  void submit(SqueezedOperation operation) {
    changed();
    waiting.add(operation);
    if (phase == Phase.FREE && !step.isPending()) {
      advance();
    }
  }

  Reservation reserve(long kib) {
    Reservation reservation = new Reservation(kib);
    reservations.add(reservation);
    return reservation;
  }

  void delete(Reservation reservation) {
    reservations.remove(reservation);
    changed();
  }

  /** Something that a tick would see has changed: a sleeping timer takes up its rhythm again. */
  void changed() {
    if (!asleep) {
      return;
    }
    asleep = false;
    long now = simulator.nowNanos();
    long period = sleepingCostNanos + nanos(settings.balanceIntervalSeconds());
    long ticks = (now - lastTickNanos) / period;
    lastTickNanos += ticks * period;
    host.seenCooperativeAt(lastTickNanos);
    long busyUntil = lastTickNanos + sleepingCostNanos;
    if (ticks > 0 && busyUntil > now) {
      simulator.schedule(step, busyUntil);
    }
    simulator.schedule(tick, lastTickNanos + period);
  }

  private void advance() {
    switch (phase) {
      case FREE -> takeNext();
      case TESTING -> test();
      case LOOKING -> look();
      case ENDING -> end();
    }
  }

  private void takeNext() {
    current = waiting.poll();
    if (current == null) {
      return;
    }
    if (current.kind == SqueezedOperation.Kind.PLAIN) {
      phase = Phase.ENDING;
      simulator.scheduleAfter(step, lookNanos(0));
      return;
    }
    current.begin(call, nowSeconds());
    phase = current.kind == SqueezedOperation.Kind.TICK ? Phase.TESTING : Phase.LOOKING;
    advance();
  }

  /** Takes a snapshot; returns whether there is one, or the scrubber has to be waited for. */
  private boolean takeSnapshot() {
    if (host.dirtyKib() >= SCRUBBED_KIB) {
      simulator.scheduleAfter(step, SCRUB_POLL_NANOS);
      return false;
    }
    host.look(snapshot);
    snapshot.freeKib -= reservedKib();
    return true;
  }

  private void test() {
    if (!takeSnapshot()) {
      return;
    }
    lastTickNanos = simulator.nowNanos();
    long cost = lookNanos(snapshot.size());
    if (call.isUnbalanced(nowSeconds(), snapshot)) {
      tickOperation.balances = true;
      call.beginBalance(nowSeconds());
      phase = Phase.LOOKING;
    } else {
      phase = Phase.ENDING;
      sleepingCostNanos = cost;
      asleep = waiting.isEmpty() && host.isQuiet() && !call.remembersStuckDomains();
    }
    simulator.scheduleAfter(step, cost);
  }

  private void look() {
    if (!takeSnapshot()) {
      return;
    }
    long cost = lookNanos(snapshot.size());
    switch (call.advance(nowSeconds(), snapshot, writer)) {
      case LOOK_AGAIN -> simulator.scheduleAfter(step, cost);
      case PAUSE ->
          simulator.scheduleAfter(
              step,
              cost
                  + nanos(settings.pauseSeconds())
                  + call.lastChanges() * nanos(settings.costPerTargetSeconds()));
      case DONE -> {
        phase = Phase.ENDING;
        simulator.scheduleAfter(step, cost);
      }
    }
  }

  private void end() {
    SqueezedOperation ended = current;
    current = null;
    phase = Phase.FREE;
    ended.done(call);
    if (phase == Phase.FREE && !step.isPending()) {
      takeNext();
    }
  }

  private long lookNanos(int domains) {
    return nanos(settings.iterationCostSeconds() + domains * settings.costPerDomainSeconds());
  }

  private double nowSeconds() {
    return (double) simulator.nowNanos() / NANOS_PER_SECOND;
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * NANOS_PER_SECOND);
  }

  private void countBalance(SqueezeCall ended) {
    balances++;
    if (ended.result() != SqueezeCall.Result.SUCCESS) {
      failedBalances++;
    }
  }

  /** The timer's balance; its errors are only logged. */
  private final class Tick extends SqueezedOperation {
    private boolean balances;

    Tick() {
      super(Kind.TICK);
    }

    @Override
    void begin(SqueezeCall beginning, double nowSeconds) {
      balances = false;
    }

    @Override
    void done(SqueezeCall ended) {
      if (balances) {
        countBalance(ended);
      }
      if (!asleep) {
        simulator.rescheduleAfter(tick, nanos(settings.balanceIntervalSeconds()));
      }
    }
  }
}
