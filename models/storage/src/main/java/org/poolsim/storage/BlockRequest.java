// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

import java.util.Arrays;
import org.poolsim.engine.Event;

/** A guest's read or write: owned and reused by who submits it, one at a time. */
public abstract class BlockRequest {
  IoDirection direction;
  long bytes;
  Access access;
  Vbd vbd;
  StorageArray array;
  BlockRequest next;
  long submittedNanos;
  long fetchedNanos;
  boolean returned;
  private final long[] stageNanos = new long[IoStage.count()];
  private long stageSinceNanos;
  private final Event served =
      new Event() {
        @Override
        protected void fire() {
          array.served(BlockRequest.this);
        }
      };

  /** Called when the guest has its answer; the request may be submitted again from here. */
  protected abstract void completed();

  /** Returns whether it reads or writes. */
  public IoDirection direction() {
    return direction;
  }

  /** Returns its size. */
  public long bytes() {
    return bytes;
  }

  /** Returns the time that it has spent in a stage so far. */
  public long stageNanos(IoStage stage) {
    return stageNanos[stage.ordinal()];
  }

  void beginStages(long nowNanos) {
    Arrays.fill(stageNanos, 0);
    stageSinceNanos = nowNanos;
  }

  /** Counts the time since the last stage ended for {@code stage}, up to an instant. */
  void endStage(IoStage stage, long untilNanos) {
    stageNanos[stage.ordinal()] += untilNanos - stageSinceNanos;
    stageSinceNanos = untilNanos;
  }

  /**
   * Counts the time since the last stage ended for tapdisk: what it computed, and the rest as its
   * wait for dom0.
   */
  void endTapdisk(long cpuNanos, long nowNanos) {
    long computed = Math.min(cpuNanos, nowNanos - stageSinceNanos);
    endStage(IoStage.TAPDISK_CPU, stageSinceNanos + computed);
    endStage(IoStage.DOM0_WAIT, nowNanos);
  }

  /**
   * Counts the time from now to the answer, which is known from the start.
   *
   * @param beginNanos when the devices begin it
   * @param readyNanos when the links have carried it, at the devices' begin or later
   * @param fabricNanos of the round trip
   */
  void endArray(double beginNanos, double readyNanos, long fabricNanos, long answeredNanos) {
    long begun = Math.max(stageSinceNanos, (long) beginNanos);
    endStage(IoStage.ARRAY_QUEUE, begun);
    endStage(IoStage.LINKS, Math.max(begun, (long) readyNanos) + fabricNanos);
    endStage(IoStage.ARRAY_SERVICE, answeredNanos);
  }

  Event served() {
    return served;
  }
}
