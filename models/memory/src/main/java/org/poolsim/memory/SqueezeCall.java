// SPDX-License-Identifier: Apache-2.0
package org.poolsim.memory;

import java.util.Arrays;

/**
 * One call on squeezed, as a state machine that is shown the host again and again: the change loop
 * of the fact sheet's section 4 and the operations of section 5 made of it. Whoever drives it
 * supplies the clock, the host and the pauses.
 *
 * <pre>{@code
 * call.beginReserveRange(min, max);
 * do {
 *   host.fill(snapshot);
 *   step = call.advance(now, snapshot, host);
 *   if (step == Step.PAUSE) pause();
 * } while (step != Step.DONE);
 * }</pre>
 *
 * <p>Reused from call to call; allocates only when the set of domains changes.
 */
public final class SqueezeCall {
  /** What the driver does next. */
  public enum Step {
    /** Show the host again, at once. */
    LOOK_AGAIN,
    /** Pause, then show the host again. */
    PAUSE,
    /** The call has its result. */
    DONE
  }

  /** How a call ended. */
  public enum Result {
    SUCCESS,
    CANNOT_FREE_THIS_MUCH_MEMORY,
    DOMAINS_REFUSED_TO_COOPERATE
  }

  private enum State {
    IDEAL_SHARE,
    FAST_PATH,
    ITERATING,
    GRANTED,
    DONE
  }

  private static final int[] NOBODY = {};

  private final SqueezedSettings settings;
  private final Activity activity;
  private final SqueezeIteration iteration;

  private State state = State.DONE;
  private boolean range;
  private long minKib;
  private long maxKib;
  private long goalKib;
  private long freeAtLeastKib;
  private long freeBelowKib;

  private Result result;
  private long amountKib;
  private long idealKib;
  private long freeAtFailureKib;
  private int[] blamedDomids = NOBODY;
  private int iterations;
  private long targetActions;
  private int lastChanges;

  /** Creates a call that has not begun. */
  public SqueezeCall(SqueezedSettings settings) {
    this.settings = settings;
    activity = new Activity(settings.stuckAfterSeconds(), settings.stuckMemorySeconds());
    iteration = new SqueezeIteration(settings);
  }

  /** Begins the reservation of an exact amount, not negative. */
  public void beginReserve(double nowSeconds, long kib) {
    long goal = kib + settings.hostFreeTargetKib();
    beginChange(nowSeconds, goal, goal, Long.MAX_VALUE);
    amountKib = kib;
  }

  /** Begins the reservation of an amount between two bounds, neither negative. */
  public void beginReserveRange(double nowSeconds, long newMinKib, long newMaxKib) {
    begin(nowSeconds);
    range = true;
    minKib = newMinKib;
    maxKib = newMaxKib;
    state = State.IDEAL_SHARE;
  }

  /** Begins a balance: hand out what is free above the reserve. */
  public void beginBalance(double nowSeconds) {
    long goal = settings.hostFreeTargetKib();
    beginChange(nowSeconds, goal, Long.MIN_VALUE, goal + settings.toleranceKib());
  }

  /**
   * Begins the bare change loop.
   *
   * @param newGoalKib free memory to aim at, the reserve included
   * @param newFreeAtLeastKib success needs this much free memory ...
   * @param newFreeBelowKib ... and less than this
   */
  public void beginChange(
      double nowSeconds, long newGoalKib, long newFreeAtLeastKib, long newFreeBelowKib) {
    begin(nowSeconds);
    goalKib = newGoalKib;
    freeAtLeastKib = newFreeAtLeastKib;
    freeBelowKib = newFreeBelowKib;
    state = State.FAST_PATH;
  }

  private void begin(double nowSeconds) {
    if (state != State.DONE) {
      throw new IllegalStateException("a call is under way");
    }
    activity.forget(nowSeconds);
    range = false;
    result = null;
    amountKib = 0;
    idealKib = 0;
    freeAtFailureKib = 0;
    blamedDomids = NOBODY;
    iterations = 0;
    targetActions = 0;
    lastChanges = 0;
  }

  /**
   * Looks at the host and acts.
   *
   * @param nowSeconds the clock, never going back within a call
   * @param host the host at this instant
   * @param writer receives the targets
   */
  public Step advance(double nowSeconds, HostSnapshot host, TargetWriter writer) {
    return switch (state) {
      case IDEAL_SHARE -> idealShare(host);
      case FAST_PATH -> fastPath(host);
      case ITERATING -> iterate(nowSeconds, host, writer);
      case GRANTED -> granted(host);
      case DONE -> throw new IllegalStateException("no call is under way");
    };
  }

  private Step idealShare(HostSnapshot host) {
    idealKib = iteration.rangeIdealKib(host, minKib, maxKib, settings.hostFreeTargetKib());
    goalKib = idealKib + settings.hostFreeTargetKib();
    freeAtLeastKib = minKib + settings.hostFreeTargetKib();
    freeBelowKib = Long.MAX_VALUE;
    state = State.FAST_PATH;
    return Step.LOOK_AGAIN;
  }

  private Step fastPath(HostSnapshot host) {
    // A plain balance never takes it.
    if (goalKib != settings.hostFreeTargetKib() && goalKib <= host.freeKib && allOnTarget(host)) {
      return changed();
    }
    state = State.ITERATING;
    return Step.LOOK_AGAIN;
  }

  private Step granted(HostSnapshot host) {
    long usable = host.freeKib - settings.hostFreeTargetKib();
    amountKib = Math.max(minKib, Math.min(usable, maxKib));
    return finish(Result.SUCCESS);
  }

  private Step iterate(double nowSeconds, HostSnapshot host, TargetWriter writer) {
    activity.observe(nowSeconds, host);
    SqueezeIteration.Decision decision =
        iteration.decide(host, activity, goalKib, freeAtLeastKib, freeBelowKib);
    iterations++;
    boolean adjust = decision == SqueezeIteration.Decision.ADJUST_TARGETS;
    lastChanges = adjust ? iteration.changes() : 0;
    for (int i = 0; i < host.size; i++) {
      if (activity.isNewlyNonActive(i)) {
        long kept = Math.min(host.targetKib[i], host.actualKib[i]);
        writer.write(
            host.domid[i], Math.max(host.dynamicMinKib[i], Math.min(host.dynamicMaxKib[i], kept)));
      } else if (adjust && iteration.isCandidate(i)) {
        writer.write(host.domid[i], iteration.newTargetKib(i));
      } else {
        writer.write(host.domid[i], host.targetKib[i]);
      }
    }
    return switch (decision) {
      case ADJUST_TARGETS -> {
        targetActions += iteration.candidates();
        yield Step.PAUSE;
      }
      case SUCCESS -> changed();
      case FAILED -> failed(host);
    };
  }

  private Step changed() {
    if (range) {
      state = State.GRANTED;
      return Step.LOOK_AGAIN;
    }
    return finish(Result.SUCCESS);
  }

  private Step failed(HostSnapshot host) {
    int blamed = 0;
    for (int i = 0; i < host.size; i++) {
      if (isBlamed(host, i)) {
        blamed++;
      }
    }
    int[] domids = new int[blamed];
    for (int i = 0; i < host.size; i++) {
      if (isBlamed(host, i)) {
        domids[--blamed] = host.domid[i];
      }
    }
    freeAtFailureKib = host.freeKib;
    if (domids.length == 0 || (domids.length == 1 && domids[0] == 0)) {
      return finish(Result.CANNOT_FREE_THIS_MUCH_MEMORY);
    }
    blamedDomids = domids;
    return finish(Result.DOMAINS_REFUSED_TO_COOPERATE);
  }

  private boolean isBlamed(HostSnapshot host, int at) {
    return host.canBalloon[at] && !activity.isActive(at);
  }

  private Step finish(Result newResult) {
    result = newResult;
    state = State.DONE;
    return Step.DONE;
  }

  private static boolean allOnTarget(HostSnapshot host) {
    for (int i = 0; i < host.size; i++) {
      if (host.canBalloon[i] && !host.hitsTarget(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether a balance begun now would change a target: the dry test of the periodic
   * balance. Not to be asked while a call is under way.
   */
  public boolean isUnbalanced(double nowSeconds, HostSnapshot host) {
    beginBalance(nowSeconds);
    state = State.DONE;
    activity.observe(nowSeconds, host);
    return iteration.decide(host, activity, goalKib, freeAtLeastKib, freeBelowKib)
            == SqueezeIteration.Decision.ADJUST_TARGETS
        && iteration.changes() > 0;
  }

  /** Returns whether a domain stays non-active beyond the call in which it got stuck. */
  boolean remembersStuckDomains() {
    return activity.remembersStuckDomains();
  }

  /** Returns how the call ended; {@code null} while it is under way. */
  public Result result() {
    return result;
  }

  /** Returns the amount granted by a reservation that succeeded, in KiB. */
  public long amountKib() {
    return amountKib;
  }

  /** Returns the ideal share of a range reservation, in KiB. */
  public long idealKib() {
    return idealKib;
  }

  /** Returns the goal, in KiB, the reserve included. */
  public long goalKib() {
    return goalKib;
  }

  /** Returns the free memory when the call failed, in KiB. */
  public long freeAtFailureKib() {
    return freeAtFailureKib;
  }

  /** Returns the domids that are blamed, descending. */
  public int[] blamedDomids() {
    return Arrays.copyOf(blamedDomids, blamedDomids.length);
  }

  /** Returns the decisions taken; 0 when the call took the fast path. */
  public int iterations() {
    return iterations;
  }

  /** Returns the targets handed out, those equal to the present one included. */
  public long targetActions() {
    return targetActions;
  }

  /** Returns the targets that the last decision changed. */
  int lastChanges() {
    return lastChanges;
  }
}
